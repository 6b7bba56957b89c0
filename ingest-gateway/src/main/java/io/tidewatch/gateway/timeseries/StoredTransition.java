package io.tidewatch.gateway.timeseries;

import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of an alarm's state.
 *
 * @param zoneId the zone whose observation decided; empty when none did, or the check has none
 */
public record StoredTransition(
        String eventId,
        Instant timestamp,
        String entityId,
        String checkId,
        String alarmId,
        State state,
        State previousState,
        String status,
        Optional<String> zoneId) {}
