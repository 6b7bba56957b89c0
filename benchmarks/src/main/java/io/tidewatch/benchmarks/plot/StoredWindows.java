package io.tidewatch.benchmarks.plot;

import io.tidewatch.schema.MetricRollup;
import io.tidewatch.streams.rollup.Accumulator;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Five-minute rollups of some agents' checks, as many windows of each as a plot has points, up to {@code until}. */
record StoredWindows(int wanted, Instant until) {
    static final int WINDOWS = 1_440;
    static final String METRIC = "load";

    private static final int ROWS_A_BATCH = 36;
    private static final int VALUES_A_WINDOW = 10;
    private static final Duration PERIOD = Duration.ofSeconds(30);

    int checks() {
        return Math.max(1, wanted / WINDOWS);
    }

    int rows() {
        return checks() * WINDOWS;
    }

    Instant from() {
        return until.minus(Resolution.MIN5.length().multipliedBy(WINDOWS));
    }

    /** In batches of one partition each, made when they are asked for: all of them together are too many for memory. */
    Iterable<List<MetricRollup>> batches(List<CheckPath> checks) {
        return () -> checks.stream().flatMap(this::batches).iterator();
    }

    private Stream<List<MetricRollup>> batches(CheckPath check) {
        Map<LocalDate, List<MetricRollup>> byBucket = IntStream.range(0, WINDOWS)
                .mapToObj(index -> rollup(new Series(check, ""), index))
                .collect(Collectors.groupingBy(
                        rollup -> Resolution.MIN5.bucket().of(rollup.getWindowStart()),
                        TreeMap::new,
                        Collectors.toList()));
        return byBucket.values().stream().flatMap(StoredWindows::batchesOf);
    }

    private static Stream<List<MetricRollup>> batchesOf(List<MetricRollup> bucket) {
        return IntStream.iterate(0, begin -> begin < bucket.size(), begin -> begin + ROWS_A_BATCH)
                .mapToObj(begin -> bucket.subList(begin, Math.min(bucket.size(), begin + ROWS_A_BATCH)));
    }

    private MetricRollup rollup(Series series, int index) {
        Instant start = from().plus(Resolution.MIN5.length().multipliedBy(index));
        Accumulator window = new Accumulator();
        for (int run = 0; run < VALUES_A_WINDOW; run++) {
            double value = Math.sin(index / 100.0) - 1 + run / 5.0;
            window.add(value, start.plus(PERIOD.multipliedBy(run)), "percent");
        }
        return window.rollup(series, METRIC, Resolution.MIN5, start);
    }
}
