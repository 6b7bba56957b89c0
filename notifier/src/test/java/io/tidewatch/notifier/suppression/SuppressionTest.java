package io.tidewatch.notifier.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.suppression.Verdict.Withholds;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.State;
import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Subject;
import io.tidewatch.suppression.Times;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SuppressionTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Times ALL_DAY = Times.once(NOW.minusSeconds(3600), NOW.plusSeconds(3600));
    private static final Subject WEB = new Subject(
            new Subject.Named("en1", "web-1", Map.of("team", "shop")),
            Subject.Named.of("ch1"),
            "remote.http",
            Subject.Named.of("al1"),
            "np1",
            Optional.of(State.CRITICAL));

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
    void aWindowHitsWhatItNamesAndWhatAllOfItsMatchersMatch() {
        Matchers other = matchers("entity_label", "web-2");
        Matchers web = matchers("entity_label", "web-1");
        Suppression.Names none = names(Set.of(), Set.of(), Set.of(), Set.of());
        Suppression.Names entity = names(Set.of(), Set.of("en1"), Set.of(), Set.of());

        assertThat(withholds(Suppression.window("w", none, web, ALL_DAY))).isEqualTo(Withholds.PROBLEMS);
        assertThat(withholds(Suppression.window("w", entity, other, ALL_DAY))).isEqualTo(Withholds.PROBLEMS);
        assertThat(withholds(Suppression.window("w", none, other, ALL_DAY))).isEqualTo(Withholds.NOTHING);
        assertThat(withholds(Suppression.window("w", none, new Matchers(List.of()), ALL_DAY)))
                .isEqualTo(Withholds.NOTHING);
    }

    @Test
    void holdsFromItsBeginToItsEnd() {
        Times hour = Times.once(NOW, NOW.plusSeconds(3600));

        assertThat(verdict(NOW.minusMillis(1), silence("s", hour)))
                .isEqualTo(new Verdict(Withholds.NOTHING, "", Optional.of(NOW)));
        assertThat(verdict(NOW, silence("s", hour)))
                .isEqualTo(new Verdict(
                        Withholds.PROBLEMS, "s, until 2026-11-30T13:00:00Z", Optional.of(NOW.plusSeconds(3600))));
        assertThat(verdict(NOW.plusSeconds(3600), silence("s", hour))).isEqualTo(Verdict.NONE);
    }

    @Test
    void theStrongestIsTheReasonAndTheNextChangeOfAnyIsTheTimeToLookAgain() {
        Suppression silence = silence("silence", Times.once(NOW, NOW.plusSeconds(60)));
        Suppression later = silence("later", Times.once(NOW.plusSeconds(30), NOW.plusSeconds(90)));
        Suppression suppression =
                Suppression.byIds("suppression", names(Set.of("np1"), Set.of(), Set.of(), Set.of()), ALL_DAY);

        assertThat(verdict(NOW, silence, later, suppression))
                .isEqualTo(new Verdict(Withholds.EVERYTHING, "suppression", Optional.of(NOW.plusSeconds(30))));
        assertThat(verdict(NOW, silence, silence("second", ALL_DAY)).reason()).startsWith("silence, until");
    }

    @Test
    void whatDoesNotHitIsNotLookedAtAgain() {
        Suppression other = Suppression.byIds("other", names(Set.of("np2"), Set.of(), Set.of(), Set.of()), ALL_DAY);

        assertThat(verdict(NOW, other)).isEqualTo(Verdict.NONE);
    }

    private static Suppression silence(String reason, Times times) {
        return Suppression.silence(reason, matchers("entity_label", "web-1"), times);
    }

    private static Matchers matchers(String field, String value) {
        return Matchers.of(List.of(new AlarmMatcher(field, MatchOperator.EQUAL, value)));
    }

    private static Withholds withholds(Suppression suppression) {
        return verdict(NOW, suppression).withholds();
    }

    private static Withholds withholds(
            Set<String> plans, Set<String> entities, Set<String> checks, Set<String> alarms) {
        return withholds(Suppression.byIds("suppression", names(plans, entities, checks, alarms), ALL_DAY));
    }

    private static Suppression.Names names(
            Set<String> plans, Set<String> entities, Set<String> checks, Set<String> alarms) {
        return new Suppression.Names(plans, entities, checks, alarms);
    }

    private static Verdict verdict(Instant now, Suppression... suppressions) {
        return Suppression.verdict(List.of(suppressions), WEB, now);
    }
}
