package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody takes care of a problem: no reminders, no escalation, and no news while it holds.
 *
 * @param sticky whether it holds until the problem is over; otherwise a worse state ends it
 * @param state in which the problem was acknowledged
 * @param until when it ends by itself
 */
public record Acknowledgement(boolean sticky, State state, Optional<Instant> until) {
    /** Whether it still holds in a state of the alarm. */
    boolean holds(State now, Instant time) {
        return now != State.OK
                && (sticky || !Severity.isWorse(now, state))
                && until.map(time::isBefore).orElse(true);
    }
}
