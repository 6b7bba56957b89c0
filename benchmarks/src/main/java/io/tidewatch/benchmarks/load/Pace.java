package io.tidewatch.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When results are due that are sent at a steady rate. */
public record Pace(int resultsPerSecond) {
    /** When a result is due, after the first one. */
    public Duration due(long result) {
        return Duration.ofNanos(result * TimeUnit.SECONDS.toNanos(1) / resultsPerSecond);
    }

    /**
     * Waits on the caller's thread until a result is due; not at all when it is late.
     *
     * @param startNanos the {@link System#nanoTime} of the first result
     */
    public void awaitDue(long result, long startNanos) {
        long due = startNanos + due(result).toNanos();
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
