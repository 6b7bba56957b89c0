package io.tidewatch.standalone.scenario;

import io.tidewatch.schema.State;
import java.time.Duration;

/**
 * A change of an alarm's state that happened when a scenario was played.
 *
 * @param at the time of the observation that brought it, from the scenario's start
 */
public record Transition(Duration at, State previous, State state, String status) {}
