package io.tidewatch.notifier.delivery;

import java.time.Duration;

/**
 * Which messages of a channel may go out as one, and when.
 *
 * @param key messages of the same key belong together
 * @param waitsFor how long the first of them waits for others
 * @param burst how many messages may go out by themselves before the others are gathered
 * @param interval after which one more message may go out, be it one or a digest of many
 * @param whole whether they go out when all of them are there, whatever the time: the end of a problem that many alarms had
 *     together is told once
 */
public record Grouping(String key, Duration waitsFor, int burst, Duration interval, boolean whole) {
    private static final int USUAL_BURST = 4;
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(30);

    /** What is not grouped otherwise: a few messages go out at once, and a storm becomes a digest every half minute. */
    public static final Grouping USUAL = new Grouping("", Duration.ZERO, USUAL_BURST, USUAL_INTERVAL, false);

    /** One message for each interval, the first after a wait. */
    public static Grouping of(String key, Duration waitsFor, Duration interval) {
        return new Grouping(key, waitsFor, 1, interval, false);
    }

    /** One message when all of them are there. */
    public static Grouping whole(String key) {
        return new Grouping(key, Duration.ZERO, 1, Duration.ZERO, true);
    }
}
