package io.tidewatch.notifier.delivery;

import java.time.Instant;

/**
 * A message of a channel's queue, and what has become of it so far.
 *
 * @param deliveryId the same for every attempt
 * @param queuedAt when its transition was planned to be told, from which its age counts
 * @param failures how many attempts have failed
 * @param notBefore when it is tried next, at the earliest
 * @param maybeReceived whether the receiver may have it, although it has not confirmed it
 * @param withdrawn whether it is no longer wanted
 * @param inFlight whether an attempt is under way
 */
public record Queued(
        String deliveryId,
        Instant queuedAt,
        int failures,
        Instant notBefore,
        boolean maybeReceived,
        boolean withdrawn,
        boolean inFlight) {
    static Queued at(String deliveryId, Instant now) {
        return new Queued(deliveryId, now, 0, now, false, false, false);
    }

    Queued started() {
        return new Queued(deliveryId, queuedAt, failures, notBefore, maybeReceived, withdrawn, true);
    }

    Queued unwanted() {
        return new Queued(deliveryId, queuedAt, failures, notBefore, maybeReceived, true, inFlight);
    }

    /** After an attempt that failed and is not the last. */
    Queued failed(Instant next, boolean received) {
        return new Queued(deliveryId, queuedAt, failures + 1, next, maybeReceived || received, withdrawn, false);
    }

    /** After the process that had it has ended: if it was being tried, nobody knows with what success. */
    Queued restored(Instant now) {
        return new Queued(
                deliveryId, queuedAt, failures, notBefore, maybeReceived || !notBefore.isAfter(now), withdrawn, false);
    }
}
