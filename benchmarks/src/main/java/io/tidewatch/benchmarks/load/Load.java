package io.tidewatch.benchmarks.load;

import java.time.Duration;

/**
 * How many results are sent, and when.
 *
 * @param warmUp how long before anything is measured: code gets compiled, alarms find their first state
 */
public record Load(int resultsPerSecond, Duration warmUp, Duration measured) {
    public static final Load FULL = new Load(5_000, Duration.ofSeconds(10), Duration.ofSeconds(30));
    public static final Load QUICK = new Load(1_000, Duration.ofSeconds(4), Duration.ofSeconds(8));

    private static final long NANOS_A_SECOND = 1_000_000_000;

    /** All results, those of the warm-up included. */
    long results() {
        return warmUpResults() + resultsPerSecond * measured.toSeconds();
    }

    long warmUpResults() {
        return resultsPerSecond * warmUp.toSeconds();
    }

    /** When a result is due, after the first one. */
    Duration due(long result) {
        return Duration.ofNanos(result * NANOS_A_SECOND / resultsPerSecond);
    }
}
