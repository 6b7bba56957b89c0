package io.tidewatch.streams.topology;

import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.ResultsOfOneCheck;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random results, in any order, through the real topology, against a computation that is too simple to be wrong. */
final class RollupPropertiesTest {
    private static final Duration SPAN = Duration.ofHours(30);
    private static final Duration LATENESS = Duration.ofDays(2);
    private static final List<String> ZONES = List.of("mzdfw", "mzord", "");
    private static final List<String> TEXTS = List.of("200", "404", "500");

    /** Sums and means of a few hundred doubles lose a few units in the last place with each; this is far above that. */
    private static final double ROUNDING = 1e-9;

    @Property(tries = 12)
    void theNewestRollupsAndTheTextsAreWhatTheResultsSay(@ForAll Random random) throws IOException {
        List<CheckResult> results = results(random);
        Path stateDir = Files.createTempDirectory("rollups");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        AtomicLong caughtUpMs = new AtomicLong();
        RollUpMetrics.Times times = new RollUpMetrics.Times(Duration.ofSeconds(30), Duration.ofSeconds(30), LATENESS);
        try (TopologyRig rig = new TopologyRig(
                RollupTopology.build(
                        TopicNames.withDefaultPrefix(), registry, 1, times, partition -> caughtUpMs.get(), meters),
                registry,
                meters,
                stateDir,
                ReportedElsewhere.NOTHING,
                START.plus(SPAN))) {
            for (CheckResult result : results) {
                rig.publish(result);
                if (random.nextInt(10) == 0) {
                    rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
                }
            }
            caughtUpMs.set(times.idle().toMillis());
            rig.driver.advanceWallClockTime(Duration.ofDays(2));

            Map<String, CheckResult> accepted = firstOfEach(results);
            compareRollups(
                    accepted,
                    rig.published(Topic.METRIC_ROLLUPS, MetricRollup.class).stream()
                            .map(record -> record.value())
                            .toList());
            compareTexts(
                    accepted,
                    rig.published(Topic.TEXT_CHANGES, TextChange.class).stream()
                            .map(record -> record.value())
                            .toList());
        }
        Files.delete(stateDir);
    }

    private static void compareRollups(Map<String, CheckResult> accepted, List<MetricRollup> published) {
        Map<String, TreeMap<Instant, Double>> expected = new HashMap<>();
        for (CheckResult result : accepted.values()) {
            for (Resolution resolution : Resolution.values()) {
                String window = resolution.minutes() + " " + resolution.windowStart(result.getTimestamp()) + " ";
                numbers(result)
                        .forEach((metric, value) -> expected.computeIfAbsent(
                                        window + Series.of(result).rollupKey(metric), first -> new TreeMap<>())
                                .put(result.getTimestamp(), value));
            }
        }
        Map<String, MetricRollup> newest = new HashMap<>();
        for (MetricRollup rollup : published) {
            String zone = Optional.ofNullable(rollup.getZoneId()).orElse("");
            newest.put(
                    "%d %s %s/%s/%s"
                            .formatted(
                                    rollup.getResolutionMinutes(),
                                    rollup.getWindowStart(),
                                    ResultsOfOneCheck.KEY,
                                    zone,
                                    rollup.getMetric()),
                    rollup);
        }
        assertThat(newest.keySet()).isEqualTo(expected.keySet());
        newest.forEach((window, rollup) -> compare(rollup, expected.getOrDefault(window, new TreeMap<>())));
    }

    private static void compare(MetricRollup rollup, NavigableMap<Instant, Double> values) {
        List<Double> sorted = values.values().stream().sorted().toList();
        int count = sorted.size();
        double largest = Math.max(Math.abs(sorted.get(0)), Math.abs(sorted.get(count - 1)));
        double sum = values.values().stream().mapToDouble(value -> value).sum();
        double mean = sum / count;
        double variance = values.values().stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum()
                / count;
        assertThat(rollup.getCount()).isEqualTo(count);
        assertThat(rollup.getMin()).isEqualTo(sorted.get(0));
        assertThat(rollup.getMax()).isEqualTo(sorted.get(count - 1));
        assertThat(rollup.getFirst()).isEqualTo(values.firstEntry().getValue());
        assertThat(rollup.getFirstAt()).isEqualTo(values.firstKey());
        assertThat(rollup.getLast()).isEqualTo(values.lastEntry().getValue());
        assertThat(rollup.getLastAt()).isEqualTo(values.lastKey());
        if (values.values().stream().allMatch(value -> value == Math.rint(value))) {
            assertThat(rollup.getSum()).isEqualTo(sum);
        }
        assertThat(rollup.getSum()).isCloseTo(sum, within(ROUNDING * largest * count));
        assertThat(rollup.getMean()).isCloseTo(mean, within(ROUNDING * largest));
        assertThat(rollup.getVariance()).isCloseTo(variance, within(ROUNDING * largest * largest));
        QuantileSketch sketch = QuantileSketch.ofProtobuf(rollup.getSketch());
        for (double quantile : new double[] {0.5, 0.95, 0.99, 0.999}) {
            double exact = sorted.get((int) (quantile * (count - 1)));
            assertThat(sketch.quantile(quantile)).isCloseTo(exact, within(Math.abs(exact) * 0.010_000_1));
        }
    }

    /** Rows are upserts by series, metric and timestamp. */
    private static void compareTexts(Map<String, CheckResult> accepted, List<TextChange> published) {
        Map<String, TreeMap<Instant, String>> rows = new HashMap<>();
        for (TextChange change : published) {
            String zone = Optional.ofNullable(change.getZoneId()).orElse("");
            rows.computeIfAbsent(zone + "/" + change.getMetric(), first -> new TreeMap<>())
                    .put(change.getTimestamp(), change.getValue());
        }
        Map<String, TreeMap<Instant, String>> truth = new HashMap<>();
        for (CheckResult result : accepted.values()) {
            String zone = Optional.ofNullable(result.getZoneId()).orElse("");
            result.getMetrics().forEach((name, metric) -> {
                if (!(metric.getValue() instanceof Number)) {
                    truth.computeIfAbsent(zone + "/" + name, first -> new TreeMap<>())
                            .put(result.getTimestamp(), metric.getValue().toString());
                }
            });
        }
        assertThat(rows.keySet()).isEqualTo(truth.keySet());
        truth.forEach((metric, texts) -> {
            TreeMap<Instant, String> read = rows.getOrDefault(metric, new TreeMap<>());
            assertThat(texts).as("rows of " + metric).containsAllEntriesOf(read);
            texts.forEach((timestamp, text) -> assertThat(read.floorEntry(timestamp))
                    .as("%s at %s", metric, timestamp)
                    .isNotNull()
                    .satisfies(row -> assertThat(row.getValue()).isEqualTo(text)));
        });
    }

    private static Map<String, Double> numbers(CheckResult result) {
        Map<String, Double> numbers = new HashMap<>();
        numbers.put(Series.AVAILABILITY, result.getAvailable() ? 1.0 : 0.0);
        result.getMetrics().forEach((name, metric) -> {
            if (metric.getValue() instanceof Number number) {
                numbers.put(name, number.doubleValue());
            }
        });
        return numbers;
    }

    /** The first one counts of those with the same series and timestamp. */
    private static Map<String, CheckResult> firstOfEach(List<CheckResult> results) {
        Map<String, CheckResult> first = new HashMap<>();
        results.forEach(result -> first.putIfAbsent(Series.of(result) + "@" + result.getTimestamp(), result));
        return first;
    }

    /** Mostly in order; some minutes late, some up to a day; some again, with other values. */
    private static List<CheckResult> results(Random random) {
        List<CheckResult> inOrder = new ArrayList<>();
        for (int number = 0; number < 400; number++) {
            Instant timestamp = START.plusMillis(random.nextLong(SPAN.toMillis()));
            if (random.nextInt(10) == 0) {
                timestamp = Resolution.MIN5.windowStart(timestamp).minusMillis(random.nextInt(2));
            }
            inOrder.add(result(random, timestamp.isBefore(START) ? START : timestamp));
        }
        inOrder.sort(Comparator.comparing(CheckResult::getTimestamp));
        List<CheckResult> arriving = new ArrayList<>(inOrder);
        for (int late = 0; late < 60; late++) {
            CheckResult moved = arriving.remove(random.nextInt(arriving.size()));
            arriving.add(random.nextInt(arriving.size() + 1), moved);
        }
        for (int again = 0; again < 20; again++) {
            CheckResult other =
                    result(random, arriving.get(random.nextInt(arriving.size())).getTimestamp());
            arriving.add(random.nextInt(arriving.size() + 1), other);
        }
        return arriving;
    }

    private static CheckResult result(Random random, Instant timestamp) {
        Map<String, Metric> metrics = new HashMap<>();
        if (random.nextInt(5) > 0) {
            metrics.put("duration", new Metric((long) random.nextInt(5000), "milliseconds"));
        }
        if (random.nextInt(3) == 0) {
            metrics.put("a/load", new Metric((random.nextDouble() - 0.3) * 1e4, null));
        }
        if (random.nextInt(4) > 0) {
            metrics.put("code", new Metric(TEXTS.get(random.nextInt(TEXTS.size())), null));
        }
        if (random.nextInt(3) == 0) {
            metrics.put("secure", new Metric(random.nextInt(5) > 0, null));
        }
        String zone = ZONES.get(random.nextInt(ZONES.size()));
        CheckResult result = ResultsOfOneCheck.result(zone.isEmpty() ? null : zone, timestamp, metrics);
        result.setAvailable(random.nextInt(4) > 0);
        return result;
    }
}
