package io.tidewatch.runtime.application;

import java.time.Duration;

/**
 * How long an application has been seen to keep up with {@code check-results}: a clock that stands still while the
 * application lags or Kafka is away. What is silent on this clock is silent indeed, and not just late. Called on stream
 * threads.
 */
@FunctionalInterface
public interface CaughtUpTime {
    /** The steps in which it goes on. */
    Duration RESOLUTION = Duration.ofSeconds(1);

    /** For playing results that never stop coming. */
    CaughtUpTime STANDING_STILL = partition -> 0;

    /**
     * @param partition of {@code check-results}
     * @return milliseconds, from an arbitrary start; never less than at an earlier call
     */
    long elapsedMs(int partition);
}
