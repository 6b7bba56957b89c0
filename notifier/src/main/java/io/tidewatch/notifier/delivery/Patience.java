package io.tidewatch.notifier.delivery;

import java.time.Duration;

/**
 * How long a channel's messages are tried.
 *
 * @param firstBackoff after the first failure, at most; doubled for each further one, and drawn by lot between nothing and
 *     that, so that not all try again at once. Source: "full jitter" of Amazon's "Exponential Backoff And Jitter"
 * @param longestBackoff never longer than this
 * @param ageLimit after which a message is given up
 * @param failuresToHold how many failures in a row hold the whole channel up
 * @param longestHold a channel is tried again with one message at the latest after this
 * @param concurrency how many messages are tried at a time
 */
public record Patience(
        Duration firstBackoff,
        Duration longestBackoff,
        Duration ageLimit,
        int failuresToHold,
        Duration longestHold,
        int concurrency) {
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24), 5, Duration.ofMinutes(1), 4);

    private static final int MOST_DOUBLINGS = 20;

    /** The same, for so long. */
    public Patience withAgeLimit(Duration limit) {
        return new Patience(firstBackoff, longestBackoff, limit, failuresToHold, longestHold, concurrency);
    }

    /** The longest wait after so many failures. */
    Duration backoff(int failures) {
        return shorter(firstBackoff.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)), longestBackoff);
    }

    /** How long a channel is held up after so many failures in a row; no time while it is not. */
    Duration hold(int failuresInARow) {
        int beyond = failuresInARow - failuresToHold;
        return beyond < 0
                ? Duration.ZERO
                : shorter(firstBackoff.multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS)), longestHold);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
