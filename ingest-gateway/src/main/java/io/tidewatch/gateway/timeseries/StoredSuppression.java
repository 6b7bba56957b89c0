package io.tidewatch.gateway.timeseries;

import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/**
 * A transition that was withheld from its receivers.
 *
 * @param timestamp when it was decided to withhold it
 * @param planId the plan that names the receivers
 * @param reason for people
 */
public record StoredSuppression(
        String eventId,
        Instant timestamp,
        String entityId,
        String checkId,
        String alarmId,
        Optional<String> planId,
        State state,
        State previousState,
        String status,
        String reason) {}
