package io.tidewatch.gateway.timeseries;

import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/**
 * An alarm's current state.
 *
 * @param zoneId the zone whose observation is as new as the state; empty when none is, or the check has none
 */
public record StoredAlarmState(
        String entityId,
        String alarmId,
        String checkId,
        State state,
        State previousState,
        String status,
        Instant timestamp,
        Optional<String> zoneId) {}
