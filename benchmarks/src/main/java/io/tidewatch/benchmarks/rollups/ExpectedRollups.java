package io.tidewatch.benchmarks.rollups;

import io.tidewatch.benchmarks.load.Backlog;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rollups that must come of a backlog, each once, and how many values each must hold. Only those of windows that end so
 * long before the last result that event time ends them; what is left waits for the wall clock, and does not count.
 * Thread-safe.
 */
final class ExpectedRollups {
    /** More than the default of {@code rollups.grace.seconds} and a turn of all checks. */
    private static final Duration WAIT = Duration.ofMinutes(1);

    private final Instant over;
    private final Map<Rollup, Long> missing = new HashMap<>();
    private final long expected;
    private long unexpected;

    private record Rollup(String key, int resolutionMinutes, Instant windowStart) {}

    ExpectedRollups(Backlog backlog) {
        over = backlog.end().minus(WAIT);
        for (long result = 0; result < backlog.results(); result++) {
            expect(backlog.fleet().result(result, backlog.timestamp(result)));
        }
        expected = missing.size();
    }

    private void expect(CheckResult result) {
        Series series = Series.of(result);
        for (Resolution resolution : Resolution.values()) {
            Instant start = resolution.windowStart(result.getTimestamp());
            if (!resolution.windowEnd(start).isAfter(over)) {
                expect(new Rollup(series.rollupKey(Series.AVAILABILITY), resolution.minutes(), start));
                result.getMetrics().forEach((name, metric) -> {
                    if (metric.getValue() instanceof Number) {
                        expect(new Rollup(series.rollupKey(name), resolution.minutes(), start));
                    }
                });
            }
        }
    }

    private void expect(Rollup rollup) {
        missing.merge(rollup, 1L, Long::sum);
    }

    /** @param key the record's, which is that of its series and metric */
    synchronized void arrived(String key, MetricRollup rollup) {
        Resolution resolution =
                Resolution.ofMinutes(rollup.getResolutionMinutes()).orElseThrow();
        if (resolution.windowEnd(rollup.getWindowStart()).isAfter(over)) {
            return;
        }
        Long count = missing.remove(new Rollup(key, resolution.minutes(), rollup.getWindowStart()));
        if (count == null || count != rollup.getCount()) {
            unexpected++;
        }
    }

    synchronized boolean complete() {
        return missing.isEmpty();
    }

    long expected() {
        return expected;
    }

    /** Why what came is not what must come; none when it is. */
    synchronized List<String> faults() {
        return missing.isEmpty() && unexpected == 0
                ? List.of()
                : List.of(String.format(
                        "of %d rollups %d did not come, and %d came twice or do not hold what they must",
                        expected, missing.size(), unexpected));
    }
}
