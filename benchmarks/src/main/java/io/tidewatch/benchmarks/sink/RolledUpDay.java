package io.tidewatch.benchmarks.sink;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.streams.rollup.Accumulator;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The rollups of a day's results, of all resolutions, in the order and with the contents that {@code rollups} gives them.
 */
record RolledUpDay(MonitoredDay day) implements SinkLoad<MetricRollup> {
    @Override
    public String name() {
        return "rollups";
    }

    @Override
    public Topic topic() {
        return Topic.METRIC_ROLLUPS;
    }

    @Override
    public List<String> tables() {
        return Arrays.stream(Resolution.values())
                .map(CassandraSchema::rollupTable)
                .toList();
    }

    @Override
    public Insert<MetricRollup> insert(Inserts inserts) {
        return inserts.rollups();
    }

    @Override
    public CheckPath check(MetricRollup rollup) {
        return new CheckPath(rollup.getTenantId(), rollup.getEntityId(), rollup.getCheckId());
    }

    @Override
    public String key(MetricRollup rollup) {
        return new Series(check(rollup), rollup.getZoneId()).rollupKey(rollup.getMetric());
    }

    /** A batch is what a window of a series comes to. */
    @Override
    public void forEachBatch(Consumer<List<MetricRollup>> action) {
        Map<Series, OpenWindows> open = new HashMap<>();
        day.forEach(result -> {
            OpenWindows windows = open.computeIfAbsent(Series.of(result), OpenWindows::new);
            windows.closeUntil(result.getTimestamp(), action);
            windows.add(result);
        });
        open.values().forEach(windows -> windows.closeUntil(Instant.MAX, action));
    }

    /** The windows of one series that are not over, one of each resolution. */
    private static final class OpenWindows {
        private final Series series;
        private final Map<Resolution, Instant> starts = new EnumMap<>(Resolution.class);
        private final Map<Resolution, Map<String, Accumulator>> metrics = new EnumMap<>(Resolution.class);

        OpenWindows(Series series) {
            this.series = series;
            for (Resolution resolution : Resolution.values()) {
                metrics.put(resolution, new TreeMap<>());
            }
        }

        void add(CheckResult result) {
            Instant at = result.getTimestamp();
            starts.putIfAbsent(Resolution.MIN5, Resolution.MIN5.windowStart(at));
            accumulator(Resolution.MIN5, Series.AVAILABILITY).add(result.getAvailable() ? 1 : 0, at, null);
            result.getMetrics().forEach((name, metric) -> {
                if (metric.getValue() instanceof Number number && QuantileSketch.accepts(number.doubleValue())) {
                    accumulator(Resolution.MIN5, name).add(number.doubleValue(), at, metric.getUnit());
                }
            });
        }

        /** Publishes what is over, finer before coarser. */
        void closeUntil(Instant now, Consumer<List<MetricRollup>> publish) {
            for (Resolution resolution : Resolution.values()) {
                Instant start = starts.get(resolution);
                if (start != null && !resolution.windowEnd(start).isAfter(now)) {
                    Map<String, Accumulator> window = Objects.requireNonNull(metrics.get(resolution));
                    publish.accept(window.entrySet().stream()
                            .map(metric -> metric.getValue().rollup(series, metric.getKey(), resolution, start))
                            .toList());
                    resolution.coarser().ifPresent(coarser -> {
                        starts.putIfAbsent(coarser, coarser.windowStart(start));
                        window.forEach(
                                (name, finer) -> accumulator(coarser, name).merge(finer));
                    });
                    window.clear();
                    starts.remove(resolution);
                }
            }
        }

        private Accumulator accumulator(Resolution resolution, String metric) {
            return Objects.requireNonNull(metrics.get(resolution)).computeIfAbsent(metric, first -> new Accumulator());
        }
    }
}
