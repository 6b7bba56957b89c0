package io.tidewatch.notifier.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.State;
import io.tidewatch.suppression.MatchedField;
import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Subject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class InhibitorsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<State> PROBLEMS = EnumSet.complementOf(EnumSet.of(State.OK));
    private static final Inhibition HOST_DOWN = rule("ih1", "ping", "http", "entity_id");

    @Test
    void aSourceInhibitsWhatSharesTheFieldsWithIt() {
        Inhibitors inhibitors = new Inhibitors(List.of(HOST_DOWN));

        assertThat(inhibitors.put("t/en1/ping", subject("en1", "ping"), START)).isTrue();

        assertThat(verdict(inhibitors, "en1", "http"))
                .isEqualTo(Verdict.problems("inhibition ih1 by the alarm t/en1/ping"));
        assertThat(verdict(inhibitors, "en2", "http")).isEqualTo(Verdict.NONE);
        assertThat(verdict(inhibitors, "en1", "disk")).isEqualTo(Verdict.NONE);
        assertThat(inhibitors.remove("t/en1/ping")).isTrue();
        assertThat(verdict(inhibitors, "en1", "http")).isEqualTo(Verdict.NONE);
        assertThat(inhibitors.remove("t/en1/ping")).isFalse();
    }

    @Test
    void onlyAChangeOfASourceMattersToOthers() {
        Inhibitors inhibitors = new Inhibitors(List.of(HOST_DOWN));

        assertThat(inhibitors.put("t/en1/http", subject("en1", "http"), START)).isFalse();
        assertThat(inhibitors.remove("t/en1/http")).isFalse();
        assertThat(inhibitors.put("t/en1/ping", subject("en1", "ping"), START)).isTrue();
        assertThat(inhibitors.put("t/en1/ping", subject("en1", "ping"), START)).isFalse();
        assertThat(inhibitors.put("t/en1/ping", subject("en2", "ping"), START)).isTrue();
        assertThat(verdict(inhibitors, "en1", "http")).isEqualTo(Verdict.NONE);
    }

    @Test
    void onlyInSomeStatesIfTheRuleSaysSo() {
        Inhibition critical =
                new Inhibition("ih1", matchers("ping"), Set.of(State.CRITICAL), matchers("http"), List.of());
        Inhibitors inhibitors = new Inhibitors(List.of(critical));

        assertThat(inhibitors.put("t/en1/ping", subject("en1", "ping").in(State.WARNING), START))
                .isFalse();
        assertThat(verdict(inhibitors, "en1", "http")).isEqualTo(Verdict.NONE);
        assertThat(inhibitors.put("t/en1/ping", subject("en1", "ping"), START)).isTrue();
        assertThat(verdict(inhibitors, "en1", "http").withholdsProblems()).isTrue();
    }

    @Test
    void whatBothLackIsNotEqual() {
        Inhibitors inhibitors = new Inhibitors(List.of(rule("ih1", "ping", "http", "entity_metadata.rack")));

        assertThat(inhibitors.put("t/en1/ping", subject("en1", "ping"), START)).isFalse();
        assertThat(verdict(inhibitors, "en2", "http")).isEqualTo(Verdict.NONE);
    }

    @Test
    void anAlarmDoesNotInhibitItself() {
        Inhibitors inhibitors = new Inhibitors(List.of(rule("ih1", "ping", "ping", "entity_id")));
        inhibitors.put("t/en1/ping", subject("en1", "ping"), START);

        assertThat(verdict(inhibitors, "en1", "ping")).isEqualTo(Verdict.NONE);
    }

    @Test
    void ofThoseThatWouldInhibitEachOtherTheOldestIsTold() {
        Inhibitors inhibitors = new Inhibitors(List.of(
                rule("ih1", "a", "b", "entity_id"),
                rule("ih2", "b", "c", "entity_id"),
                rule("ih3", "c", "a", "entity_id")));
        inhibitors.put("t/en1/b", subject("en1", "b"), START);
        inhibitors.put("t/en1/c", subject("en1", "c"), START.plusSeconds(1));
        inhibitors.put("t/en1/a", subject("en1", "a"), START.plusSeconds(2));

        assertThat(inhibitors.verdict("t/en1/b", subject("en1", "b"), START)).isEqualTo(Verdict.NONE);
        assertThat(inhibitors.verdict("t/en1/c", subject("en1", "c"), START.plusSeconds(1)))
                .isEqualTo(Verdict.problems("inhibition ih2 by the alarm t/en1/b"));
        assertThat(inhibitors.verdict("t/en1/a", subject("en1", "a"), START.plusSeconds(2)))
                .isEqualTo(Verdict.problems("inhibition ih3 by the alarm t/en1/c"));
    }

    @Test
    void aSourceInhibitsAnOlderProblemThatDoesNotInhibitIt() {
        Inhibitors inhibitors = new Inhibitors(List.of(HOST_DOWN));
        inhibitors.put("t/en1/ping", subject("en1", "ping"), START.plusSeconds(60));

        assertThat(inhibitors
                        .verdict("t/en1/http", subject("en1", "http"), START)
                        .withholdsProblems())
                .isTrue();
    }

    /** Each with each would be a hundred million. */
    @Test
    @Timeout(30)
    void tenThousandAlarmsOfOneGroupTakeAsLongAsTheyAreMany() {
        Inhibitors inhibitors = new Inhibitors(List.of(new Inhibition(
                "ih1",
                Matchers.of(List.of(new AlarmMatcher("check_type", MatchOperator.EQUAL, "remote.ping"))),
                PROBLEMS,
                Matchers.of(List.of(new AlarmMatcher("check_type", MatchOperator.MATCHES, "remote.*"))),
                List.of())));
        int told = 0;
        for (int i = 0; i < 10_000; i++) {
            Subject subject = subject("en" + i, "ping");
            Instant since = START.plusMillis(i);
            inhibitors.put("t/en" + i + "/ping", subject, since);
            boolean withheld =
                    inhibitors.verdict("t/en" + i + "/ping", subject, since).withholdsProblems();
            told += withheld ? 0 : 1;
        }

        assertThat(told).isEqualTo(1);
    }

    private static Verdict verdict(Inhibitors inhibitors, String entity, String alarm) {
        return inhibitors.verdict("t/" + entity + "/" + alarm, subject(entity, alarm), START);
    }

    private static Inhibition rule(String id, String source, String target, String equal) {
        return new Inhibition(
                id,
                matchers(source),
                PROBLEMS,
                matchers(target),
                List.of(MatchedField.parse(equal).orElseThrow()));
    }

    private static Matchers matchers(String alarm) {
        return Matchers.of(List.of(new AlarmMatcher("alarm_id", MatchOperator.EQUAL, alarm)));
    }

    private static Subject subject(String entity, String alarm) {
        return new Subject(
                new Subject.Named(entity, "", Map.of()),
                Subject.Named.of("ch1"),
                "remote.ping",
                Subject.Named.of(alarm),
                "np1",
                Optional.of(State.CRITICAL));
    }
}
