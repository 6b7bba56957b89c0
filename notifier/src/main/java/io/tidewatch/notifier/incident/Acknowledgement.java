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
 * @param who takes care; empty when that is not known
 * @param note what they say; may be empty
 * @param at when they said so
 */
public record Acknowledgement(
        boolean sticky, State state, Optional<Instant> until, String who, String note, Instant at) {
    /** Whether it still holds in a state of the alarm. */
    boolean holds(State now, Instant time) {
        return now != State.OK
                && (sticky || !Severity.isWorse(now, state))
                && until.map(time::isBefore).orElse(true);
    }

    /** Why nobody is told of the problem meanwhile. */
    String reason() {
        return who.isBlank() ? "acknowledged" : "acknowledged by " + who;
    }

    /** Whether the other one says the same, though at another time. */
    boolean repeats(Acknowledgement other) {
        return equals(new Acknowledgement(other.sticky(), other.state(), other.until(), other.who(), other.note(), at));
    }
}
