package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;

/**
 * Something for one receiver about one alarm.
 *
 * @param deliveryId the same for every attempt, by whichever process
 * @param channel the id of the notification
 * @param incident the number of the incident that the receiver knows it by
 * @param state that is told; OK when the problem is over
 * @param eventId the transition that it tells of
 */
public record Message(String deliveryId, String channel, Kind kind, long incident, State state, String eventId) {
    /** What the receiver is to make of it. */
    public enum Kind {
        /** A problem that the receiver has not heard of. */
        PROBLEM,

        /** Another state of a problem that it knows. */
        UPDATE,

        /** A problem that it knows, and that is still there. */
        REMINDER,

        /** Somebody takes care of a problem that it knows. */
        ACKNOWLEDGED,

        /** The end of a problem that it knows. */
        RESOLVED,

        /** The end of a problem that others were told of. */
        RECOVERED;

        /** Whether the receiver believes in an open problem afterwards. */
        boolean opens() {
            return this == PROBLEM || this == UPDATE || this == REMINDER || this == ACKNOWLEDGED;
        }
    }
}
