package io.tidewatch.notifier.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * How one attempt to deliver ended.
 *
 * @param result what is known
 * @param reason for people, without secrets; empty when it was confirmed and nothing was wrong with it
 * @param notBefore when the receiver wants to be asked again, at the earliest, for any message
 * @param proxy what it went through, as scheme, host and port; empty when it went straight to the receiver
 */
public record Attempt(Result result, String reason, Optional<Instant> notBefore, Optional<String> proxy) {
    /** One that went straight to the receiver. */
    public Attempt(Result result, String reason, Optional<Instant> notBefore) {
        this(result, reason, notBefore, Optional.empty());
    }

    /** What is known of an attempt. */
    public enum Result {
        /** The receiver has confirmed it. */
        CONFIRMED,

        /** The receiver has refused it, and would again. */
        REFUSED,

        /** The receiver has not got it: there was no connection, or it said that it is busy. */
        NOT_RECEIVED,

        /** It was sent, and nobody knows what became of it. */
        UNKNOWN
    }

    public static Attempt confirmed() {
        return new Attempt(Result.CONFIRMED, "", Optional.empty());
    }

    public static Attempt of(Result result, String reason) {
        return new Attempt(result, reason, Optional.empty());
    }

    /** The same with another reason. */
    public Attempt because(String other) {
        return new Attempt(result, other, notBefore, proxy);
    }

    /** The same by way of a proxy. */
    public Attempt through(String server) {
        return new Attempt(result, reason, notBefore, Optional.of(server));
    }

    /** Whether the next one may end otherwise. */
    public boolean isTransient() {
        return result == Result.NOT_RECEIVED || result == Result.UNKNOWN;
    }
}
