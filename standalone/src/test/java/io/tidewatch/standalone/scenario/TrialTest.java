package io.tidewatch.standalone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine evaluates what the parser accepts: the trial of a criteria reaches its comparisons, and a decision. */
final class TrialTest {
    private static final Stage STAGE = new DriverStage();

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "return OK",
                ":set consecutiveCount=5",
                ":set consistencyLevel=ALL",
                ":set dimensionFilter='d' if (metric['x'] > 1) { return new AlarmStatus(WARNING); }",
                "if (metric['n'] > 1 && metric['t'] == 'x') { return new AlarmStatus(WARNING); }",
                "if (metric['t'] regex '[a-z]+' || metric['t'] nregex 'x') { return new AlarmStatus(OK); }",
                "if (metric['a'] == metric['b']) { return new AlarmStatus(OK); }",
                ":set consecutiveCount=5 if (rate(metric['n']) > 1) { return new AlarmStatus(WARNING); }",
                ":set consecutiveCount=5 if (previous(metric['t']) == 'x') { return new AlarmStatus(WARNING); }",
                "if (percentage(metric['used'], metric['all']) > 90) { return new AlarmStatus(WARNING); }"
            })
    void reachesTheComparisonsOfAnyCriteria(String criteria) {
        Performance performance = perform(criteria);

        assertThat(Trial.failure(performance)).isEmpty();
        assertThat(performance.transitions()).extracting(Transition::state).doesNotContain(State.CRITICAL);
    }

    @Test
    void comesToADecisionAlsoWhereDemandsContradictEachOther() {
        Performance performance =
                perform("if (metric['x'] > 1 && metric['x'] == 'y') { return new AlarmStatus(WARNING); }");

        assertThat(Trial.failure(performance)).isEmpty();
        assertThat(performance.transitions())
                .extracting(Transition::status)
                .containsExactly("metric \"x\" is not string, but comparing it with a string value");
    }

    @Test
    void failsWithoutADecision() {
        Scenario trial = Trial.of("t", "", CriteriaParser.parse(""));

        assertThat(Trial.failure(new Performance(trial, List.of(), Optional.empty())))
                .contains("the engine came to no decision");
        assertThat(Trial.failure(new Performance(trial, List.of(), Optional.of("too odd"))))
                .contains("too odd");
    }

    private static Performance perform(String criteria) {
        return STAGE.play(List.of(Trial.of("t", criteria, CriteriaParser.parse(criteria))))
                .get(0);
    }
}
