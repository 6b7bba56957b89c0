package io.tidewatch.gateway.timeseries;

import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to tell somebody of a transition and how it ended, or why somebody was not told.
 *
 * @param transition what was to be told
 * @param planId the plan that named the notification
 * @param notificationType empty when there was no such notification
 * @param digestId the delivery that it went out with, together with others
 * @param kind what the message was to its receiver; empty when none was made
 * @param attempt the number of the attempt at this delivery, from 1; 0 when nothing was sent
 * @param reason for people; empty when it was confirmed
 * @param from which notifier has sent it; empty when nothing was sent
 * @param timestamp when it ended
 */
public record StoredAttempt(
        Transition transition,
        Optional<String> planId,
        String notificationId,
        String notificationType,
        String deliveryId,
        Optional<String> digestId,
        Optional<MessageKind> kind,
        long incident,
        int attempt,
        AttemptResult result,
        String reason,
        Optional<Instant> notBefore,
        String from,
        Instant timestamp,
        long tookMs) {
    /** The transition that an attempt is about. */
    public record Transition(
            String eventId, Instant timestamp, String checkId, State state, State previousState, String status) {}
}
