package io.tidewatch.notifier.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.suppression.Verdict.Withholds;
import io.tidewatch.pattern.PatternUse;
import io.tidewatch.pattern.UserPattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SuppressionTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Suppression.Times ALL_DAY =
            Suppression.Times.once(NOW.minusSeconds(3600), NOW.plusSeconds(3600));
    private static final Subject WEB =
            new Subject("en1", "ch1", "al1", "np1", Map.of("entity.label", "web-1", "entity.metadata.team", "shop"));

    @Test
    void aSuppressionHitsWhatAnyOfItsListsNames() {
        assertThat(withholds(Set.of("np1"), Set.of(), Set.of(), Set.of())).isEqualTo(Withholds.EVERYTHING);
        assertThat(withholds(Set.of(), Set.of("en1"), Set.of(), Set.of())).isEqualTo(Withholds.EVERYTHING);
        assertThat(withholds(Set.of(), Set.of(), Set.of("en1:ch1"), Set.of())).isEqualTo(Withholds.EVERYTHING);
        assertThat(withholds(Set.of(), Set.of(), Set.of(), Set.of("en1:al1"))).isEqualTo(Withholds.EVERYTHING);
        assertThat(withholds(Set.of("np2"), Set.of("en2"), Set.of("en2:ch1"), Set.of("en1:al2")))
                .isEqualTo(Withholds.NOTHING);
    }

    @Test
    void aSilenceHitsWhatAllOfItsMatchersMatch() {
        Matcher shop = Matcher.equalTo("entity.metadata.team", "shop");
        Matcher web = Matcher.matching("entity.label", UserPattern.compile("web-[0-9]+", PatternUse.CRITERIA));

        assertThat(withholds(shop, web)).isEqualTo(Withholds.PROBLEMS);
        assertThat(withholds(shop, web.negated())).isEqualTo(Withholds.NOTHING);
        assertThat(withholds(shop, Matcher.equalTo("check.label", ""))).isEqualTo(Withholds.PROBLEMS);
        assertThat(withholds(shop, Matcher.equalTo("check.label", "").negated()))
                .isEqualTo(Withholds.NOTHING);
    }

    @Test
    void holdsFromItsBeginToItsEnd() {
        Suppression.Times hour = Suppression.Times.once(NOW, NOW.plusSeconds(3600));

        assertThat(verdict(NOW.minusMillis(1), silence("s", hour)))
                .isEqualTo(new Verdict(Withholds.NOTHING, "", Optional.of(NOW)));
        assertThat(verdict(NOW, silence("s", hour)))
                .isEqualTo(new Verdict(Withholds.PROBLEMS, "s", Optional.of(NOW.plusSeconds(3600))));
        assertThat(verdict(NOW.plusSeconds(3600), silence("s", hour))).isEqualTo(Verdict.NONE);
    }

    @Test
    void theStrongestIsTheReasonAndTheNextChangeOfAnyIsTheTimeToLookAgain() {
        Suppression silence = silence("silence", Suppression.Times.once(NOW, NOW.plusSeconds(60)));
        Suppression later = silence("later", Suppression.Times.once(NOW.plusSeconds(30), NOW.plusSeconds(90)));
        Suppression suppression =
                Suppression.byIds("suppression", Set.of("np1"), Set.of(), Set.of(), Set.of(), ALL_DAY);

        assertThat(verdict(NOW, silence, later, suppression))
                .isEqualTo(new Verdict(Withholds.EVERYTHING, "suppression", Optional.of(NOW.plusSeconds(30))));
        assertThat(verdict(NOW, silence, silence("second", ALL_DAY)).reason()).isEqualTo("silence");
    }

    @Test
    void whatDoesNotHitIsNotLookedAtAgain() {
        Suppression other = Suppression.byIds("other", Set.of("np2"), Set.of(), Set.of(), Set.of(), ALL_DAY);

        assertThat(verdict(NOW, other)).isEqualTo(Verdict.NONE);
    }

    private static Suppression silence(String reason, Suppression.Times times) {
        return Suppression.byMatchers(reason, List.of(Matcher.equalTo("entity.label", "web-1")), times);
    }

    private static Withholds withholds(Matcher... matchers) {
        return verdict(NOW, Suppression.byMatchers("silence", List.of(matchers), ALL_DAY))
                .withholds();
    }

    private static Withholds withholds(
            Set<String> plans, Set<String> entities, Set<String> checks, Set<String> alarms) {
        return verdict(NOW, Suppression.byIds("suppression", plans, entities, checks, alarms, ALL_DAY))
                .withholds();
    }

    private static Verdict verdict(Instant now, Suppression... suppressions) {
        return Suppression.verdict(List.of(suppressions), WEB, now);
    }
}
