package io.tidewatch.standalone.scenario;

import java.util.List;
import java.util.Optional;

/**
 * What happened when a scenario was played.
 *
 * @param transitions in the order in which the engine published them
 * @param disabledReason why the engine stopped to evaluate the alarm; empty when it did not
 */
public record Performance(Scenario scenario, List<Transition> transitions, Optional<String> disabledReason) {
    public Performance {
        transitions = List.copyOf(transitions);
    }
}
