package io.tidewatch.benchmarks.latency;

import io.tidewatch.benchmarks.load.Pace;
import java.time.Duration;

/**
 * How many results the benchmark of latency sends, and when.
 *
 * @param warmUp how long before anything is measured: code gets compiled, alarms find their first state
 */
record LatencyScale(int resultsPerSecond, Duration warmUp, Duration measured) {
    static LatencyScale of(boolean quick) {
        return quick
                ? new LatencyScale(1_000, Duration.ofSeconds(4), Duration.ofSeconds(8))
                : new LatencyScale(5_000, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    Pace pace() {
        return new Pace(resultsPerSecond);
    }

    /** All results, those of the warm-up included. */
    long results() {
        return warmUpResults() + resultsPerSecond * measured.toSeconds();
    }

    long warmUpResults() {
        return resultsPerSecond * warmUp.toSeconds();
    }
}
