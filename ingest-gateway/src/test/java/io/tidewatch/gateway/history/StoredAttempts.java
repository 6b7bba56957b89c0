package io.tidewatch.gateway.history;

import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/** Attempts as tests need them: what they don't say is of a problem told to a web hook. */
final class StoredAttempts {
    private StoredAttempts() {}

    /** The transition of an alarm from OK to CRITICAL, with an id as the alarm engine makes it. */
    static StoredAttempt.Transition transition(Instant at) {
        return new StoredAttempt.Transition(
                "acme:en1:al1:ch1:" + at.toEpochMilli() + ":CRITICAL", at, "ch1", State.CRITICAL, State.OK, "down");
    }

    static StoredAttempt attempt(
            StoredAttempt.Transition transition,
            String notificationId,
            String deliveryId,
            int number,
            AttemptResult result,
            String reason) {
        boolean sent = number > 0;
        return new StoredAttempt(
                transition,
                Optional.of("np1"),
                notificationId,
                "webhook",
                deliveryId,
                sent ? Optional.of("dg") : Optional.empty(),
                result == AttemptResult.SUPPRESSED ? Optional.empty() : Optional.of(MessageKind.PROBLEM),
                1,
                number,
                result,
                reason,
                Optional.empty(),
                sent ? "notifier-1" : "",
                transition.timestamp().plusSeconds(number),
                sent ? 17 : 0);
    }
}
