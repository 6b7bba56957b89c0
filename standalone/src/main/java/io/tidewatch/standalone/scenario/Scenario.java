package io.tidewatch.standalone.scenario;

import io.tidewatch.schema.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A story about one alarm: its check, its criteria, what was observed, and how its state has to change. Immutable.
 *
 * @param place where it stands, for reports: {@code file:line}
 * @param name what it shows, in its author's words
 * @param checkType decides the default of {@code consecutiveCount}
 * @param period whole seconds, at least one
 * @param zones the zones that the check lists; empty for an agent's check
 * @param criteria a text that the alarm language accepts
 * @param observations in order of arrival
 * @param expected every transition, in order; empty when the author names none, which is not the same as an empty list
 */
public record Scenario(
        String place,
        String name,
        String checkType,
        Duration period,
        List<String> zones,
        String criteria,
        List<Observation> observations,
        Optional<List<Expectation>> expected)
        implements ScenarioFile.Document {
    public Scenario {
        zones = List.copyOf(zones);
        observations = List.copyOf(observations);
        expected = expected.map(List::copyOf);
    }

    /**
     * One zone's check result.
     *
     * @param at its own time, from the scenario's start
     * @param zone empty for an agent's
     * @param metrics each a Long, Double, String or Boolean
     */
    public record Observation(
            Duration at, Optional<String> zone, boolean available, String status, Map<String, Object> metrics) {
        public Observation {
            metrics = Map.copyOf(metrics);
        }
    }

    /**
     * A transition that has to happen.
     *
     * @param previous empty when any will do
     * @param status empty when any will do
     */
    public record Expectation(Duration at, Optional<State> previous, State state, Optional<String> status) {
        boolean isMetBy(Transition transition) {
            return at.equals(transition.at())
                    && state == transition.state()
                    && previous.map(wanted -> wanted == transition.previous()).orElse(true)
                    && status.map(wanted -> wanted.equals(transition.status())).orElse(true);
        }
    }
}
