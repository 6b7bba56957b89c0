package io.tidewatch.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.pattern.UnfitPatternException;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MatchersTest {
    private static final Subject WEB = new Subject(
            new Subject.Named("en1", "web-1", Map.of("team", "shop", "a.b", "dotted")),
            new Subject.Named("ch1", "front page", Map.of("layer", "http")),
            "remote.http",
            new Subject.Named("al1", "is down", Map.of("runbook", "42")),
            "np1",
            Optional.of(State.CRITICAL));

    @ParameterizedTest
    @CsvSource({
        "entity_id, en1",
        "entity_label, web-1",
        "entity_metadata.team, shop",
        "entity_metadata.a.b, dotted",
        "check_id, ch1",
        "check_label, front page",
        "check_type, remote.http",
        "check_metadata.layer, http",
        "alarm_id, al1",
        "alarm_label, is down",
        "alarm_metadata.runbook, 42",
        "notification_plan_id, np1",
        "state, CRITICAL"
    })
    void compareEachField(String field, String value) {
        assertThat(match(field, MatchOperator.EQUAL, value)).isTrue();
        assertThat(match(field, MatchOperator.EQUAL, value + "x")).isFalse();
        assertThat(match(field, MatchOperator.NOT_EQUAL, value)).isFalse();
        assertThat(match(field, MatchOperator.NOT_EQUAL, "")).isTrue();
    }

    @Test
    void comparePatternsWithAllOfAValue() {
        assertThat(match("entity_label", MatchOperator.MATCHES, "web-[0-9]+")).isTrue();
        assertThat(match("entity_label", MatchOperator.MATCHES, "web")).isFalse();
        assertThat(match("entity_label", MatchOperator.MATCHES_NOT, "web")).isTrue();
        assertThat(match("entity_label", MatchOperator.MATCHES_NOT, "web.*")).isFalse();
    }

    @Test
    void takeAMissingFieldForTheEmptyText() {
        assertThat(match("entity_metadata.none", MatchOperator.EQUAL, "")).isTrue();
        assertThat(match("alarm_metadata.team", MatchOperator.NOT_EQUAL, "shop"))
                .isTrue();
    }

    @Test
    void haveToHoldAll() {
        AlarmMatcher web = matcher("entity_label", MatchOperator.EQUAL, "web-1");
        AlarmMatcher shop = matcher("entity_metadata.team", MatchOperator.EQUAL, "shop");
        AlarmMatcher warning = matcher("state", MatchOperator.EQUAL, "WARNING");

        assertThat(Matchers.of(List.of(web, shop)).match(WEB)).isTrue();
        assertThat(Matchers.of(List.of(web, shop, warning)).match(WEB)).isFalse();
        assertThat(Matchers.of(List.of()).match(WEB)).isFalse();
    }

    @Test
    void holdInAnyStateWhileItIsNotKnown() {
        Subject unknown =
                new Subject(WEB.entity(), WEB.check(), WEB.checkType(), WEB.alarm(), WEB.planId(), Optional.empty());
        AlarmMatcher web = matcher("entity_label", MatchOperator.EQUAL, "web-1");

        for (MatchOperator operator : MatchOperator.values()) {
            assertThat(Matchers.of(List.of(web, matcher("state", operator, "WARNING")))
                            .match(unknown))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "entity_label, EQUAL, web-1, true",
        "entity_label, EQUAL, '', false",
        "entity_label, NOT_EQUAL, web-1, false",
        "entity_label, MATCHES, web-.*, true",
        "entity_label, MATCHES, web-1|web-2, true",
        "entity_label, MATCHES, .*, false",
        "entity_label, MATCHES, .+, false",
        "entity_label, MATCHES, '[^/]+', false",
        "entity_label, MATCHES, '(web-1)?', false",
        "entity_label, MATCHES_NOT, web-1, false",
        "state, EQUAL, CRITICAL, false",
        "state, MATCHES, CRITICAL|WARNING, false",
        "check_type, EQUAL, remote.ping, true"
    })
    void demandWhatNotEveryAlarmIs(String field, MatchOperator operator, String value, boolean demands) {
        assertThat(Matchers.of(List.of(matcher(field, operator, value))).areDemanding())
                .isEqualTo(demands);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "entity", "entity.label", "entity_metadata", "entity_metadata.", "Entity_id"})
    void knowNoOtherField(String field) {
        assertThat(MatchedField.parse(field)).isEmpty();
        assertThatThrownBy(() -> Matcher.of(matcher(field, MatchOperator.EQUAL, "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusePatternsThatAreNoneOrTakeTooLong() {
        Stream.of("(", "[a-z]{300}")
                .forEach(pattern -> assertThatThrownBy(
                                () -> Matcher.of(matcher("entity_label", MatchOperator.MATCHES, pattern)))
                        .isInstanceOf(UnfitPatternException.class));
    }

    private static boolean match(String field, MatchOperator operator, String value) {
        return Matchers.of(List.of(matcher(field, operator, value))).match(WEB);
    }

    private static AlarmMatcher matcher(String field, MatchOperator operator, String value) {
        return new AlarmMatcher(field, operator, value);
    }
}
