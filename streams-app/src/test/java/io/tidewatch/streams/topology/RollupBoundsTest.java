package io.tidewatch.streams.topology;

import static io.tidewatch.streams.ResultsOfOneCheck.result;
import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one check may put into a window: more than Kafka takes in a record of the window's changelog once ended the
 * application's threads, again and again, and nothing was rolled up any more for anybody.
 */
final class RollupBoundsTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Instant NEXT = START.plusSeconds(300);
    private static final int LARGEST_RECORD_BYTES = 900 << 10;

    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyRig rig;

    @BeforeEach
    void start() {
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        RollUpMetrics.Times times = new RollUpMetrics.Times(GRACE, Duration.ofHours(1), Duration.ofHours(2));
        rig = new TopologyRig(
                RollupTopology.build(TopicNames.withDefaultPrefix(), registry, 1, times, partition -> 0, meters),
                registry,
                meters,
                stateDir,
                ReportedElsewhere.NOTHING,
                START.plus(Duration.ofDays(3)));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void keepsTheFirst2000NamesOfAWindow() {
        for (int number = 0; number < 60; number++) {
            rig.publish(result("mzdfw", START.plusSeconds(number), numbers("r%02d".formatted(number), 500, 1L)));
        }
        rig.publish(result("mzdfw", START.plusSeconds(60), numbers("r00", 500, 3L)));

        goOnTo(NEXT.plus(GRACE));

        List<MetricRollup> rollups = rollups(5);
        assertThat(rollups).hasSize(2000);
        assertThat(rollups)
                .extracting(MetricRollup::getMetric)
                .contains(Series.AVAILABILITY, "r00m000", "r00m499", "r02m499", "r03m000", "r03m498")
                .doesNotContain("r03m499", "r04m000");
        assertThat(of(rollups, Series.AVAILABILITY).getCount()).isEqualTo(61);
        assertThat(of(rollups, "r00m000").getSum()).isEqualTo(4);
        assertThat(skipped("values", "too many metrics in a window")).isEqualTo(60 * 500 - 1999);
        assertNoRecordIsTooLarge(5);
    }

    @Test
    void keepsTheFirstTextsOfAWindow() {
        for (int number = 0; number < 290; number++) {
            Map<String, Metric> texts = new HashMap<>();
            for (String name : List.of("a", "b", "c", "d")) {
                texts.put(name, new Metric("%s%03d".formatted(name, number) + "x".repeat(996), null));
            }
            rig.publish(result("mzdfw", START.plusSeconds(number), texts));
        }

        goOnTo(NEXT.plus(GRACE));

        List<TextChange> changes = texts();
        assertThat(changes).hasSize(49);
        assertThat(changes)
                .extracting(change -> change.getValue().substring(0, 4))
                .contains("a000", "d000", "d011", "a012")
                .doesNotContain("b012", "a013");
        assertThat(skipped("values", "too many texts in a window")).isEqualTo(4 * 290 - 49);
        assertThat(of(rollups(5), Series.AVAILABILITY).getCount()).isEqualTo(290);
        assertNoRecordIsTooLarge(5);
    }

    /** They take no room, for each is kept once; but each change is published. */
    @Test
    void keepsTheFirst4000ChangesOfTexts() {
        for (int number = 0; number < 45; number++) {
            Map<String, Metric> texts = new HashMap<>();
            for (int name = 0; name < 100; name++) {
                texts.put("t%02d".formatted(name), new Metric(number % 2 == 0 ? "on" : "off", null));
            }
            rig.publish(result("mzdfw", START.plusSeconds(number), texts));
        }

        goOnTo(NEXT.plus(GRACE));

        assertThat(texts()).hasSize(4000);
        assertThat(skipped("values", "too many texts in a window")).isEqualTo(300);
    }

    @Test
    void keeps1000ResultsOfAWindowAndNotOneMore() {
        for (int number = 0; number < 1001; number++) {
            rig.publish(result("mzdfw", START.plusMillis(number * 299L), "duration", (long) number));
        }
        rig.publish(result("mzord", START, "duration", 1L));

        goOnTo(NEXT.plus(GRACE));

        List<MetricRollup> rollups = rollups(5);
        assertThat(of(rollups, "duration").getCount()).isEqualTo(1000);
        assertThat(of(rollups, "duration").getLast()).isEqualTo(999);
        assertThat(rollups).extracting(MetricRollup::getZoneId).contains("mzord");
        assertThat(skipped("results", "too many results in a window")).isEqualTo(1);
    }

    @Test
    void keeps64ZonesOfACheckInAWindow() {
        for (int zone = 0; zone < 70; zone++) {
            rig.publish(result("mz" + zone, START, "duration", 1L));
        }
        rig.publish(result("mz0", START.plusSeconds(1), "duration", 1L));
        rig.publish(result("mz69", NEXT, "duration", 1L));

        goOnTo(NEXT.plusSeconds(300).plus(GRACE));

        List<MetricRollup> durations = rollups(5).stream()
                .filter(rollup -> rollup.getMetric().equals("duration"))
                .toList();
        assertThat(durations).hasSize(65);
        assertThat(durations)
                .extracting(MetricRollup::getZoneId)
                .contains("mz0", "mz63", "mz69")
                .doesNotContain("mz64");
        assertThat(of(durations, "duration").getCount()).isEqualTo(2);
        assertThat(skipped("results", "too many zones")).isEqualTo(6);
    }

    /** Each value takes nine bytes, and then a bin of its own. */
    @Test
    void leavesOutResultsThatWouldMakeAWindowTooLarge() {
        int results = 150;
        for (int number = 0; number < results; number++) {
            double magnitude = Math.pow(10, number - 100) * 1.2345678;
            rig.publish(result("mzdfw", START.plusSeconds(number), numbers("long".repeat(30), 500, magnitude)));
        }
        rig.publish(result("mzord", START, "duration", 1L));

        goOnTo(NEXT.plus(GRACE));

        double leftOut = skipped("results", "too large a window");
        List<MetricRollup> rollups = rollups(5);
        assertThat(leftOut).isBetween(1.0, 120.0);
        assertThat(of(rollups, Series.AVAILABILITY).getCount()).isEqualTo(results - (long) leftOut);
        assertThat(of(rollups, "long".repeat(30) + "m000").getCount()).isEqualTo(results - (long) leftOut);
        assertThat(rollups).extracting(MetricRollup::getZoneId).contains("mzord");
        assertNoRecordIsTooLarge(5);
    }

    @Test
    void keepsTheFirst2000NamesOfACoarserWindowToo() {
        for (int window = 0; window < 4; window++) {
            for (int number = 0; number < 4; number++) {
                Instant timestamp = START.plusSeconds(window * 300L + number);
                rig.publish(result("mzdfw", timestamp, numbers("w%dr%d".formatted(window, number), 499, 1L)));
            }
        }

        goOnTo(START.plusSeconds(1200).plus(GRACE));

        List<MetricRollup> rollups = rollups(20);
        assertThat(rollups).hasSize(2000);
        assertThat(of(rollups, Series.AVAILABILITY).getCount()).isEqualTo(16);
        assertThat(rollups)
                .extracting(MetricRollup::getMetric)
                .contains("w0r0m000", "w0r3m498", "w1r0m000", "w1r0m002")
                .doesNotContain("w1r0m003", "w3r0m000");
        assertThat(meters.counter("tidewatch.rollup.windows.incomplete", "resolution", "20")
                        .count())
                .isEqualTo(1);
        assertNoRecordIsTooLarge(20);
    }

    /** All of it once went into one transaction, however much it was. */
    @Test
    void publishesSoManyRollupsASecond() {
        for (int zone = 0; zone < 60; zone++) {
            rig.publish(result("mz%02d".formatted(zone), START, numbers("", 499, 1L)));
        }

        rig.publish(result("mzlon", NEXT.plus(GRACE), Map.of()));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(rollups(5)).hasSize(20_000);

        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(rollups(5)).hasSize(10_000);
    }

    /** A backlog's event time may go on by hours in a moment. */
    @Test
    void publishesSoManyRollupsARecord() {
        for (int window = 0; window < 2; window++) {
            for (int zone = 0; zone < 60; zone++) {
                Instant timestamp = START.plusSeconds(window * 300L);
                rig.publish(result("mz%02d".formatted(zone), timestamp, numbers("", 499, 1L)));
            }
        }

        rig.publish(result("mzlon", START.plusSeconds(7_000), Map.of()));
        assertThat(allRollups()).hasSize(50_000);
        rig.publish(result("mzlon", START.plusSeconds(7_001), Map.of()));
        assertThat(allRollups()).hasSize(50_000);
        rig.publish(result("mzlon", START.plusSeconds(7_002), Map.of()));
        assertThat(allRollups()).hasSize(20_000);
    }

    private static Map<String, Metric> numbers(String prefix, int count, Object value) {
        Map<String, Metric> numbers = new HashMap<>();
        IntStream.range(0, count)
                .forEach(number -> numbers.put(prefix + "m%03d".formatted(number), new Metric(value, null)));
        return numbers;
    }

    /** Lets a result of another zone arrive at that time, so that event time goes on, and windows be looked after. */
    private void goOnTo(Instant time) {
        rig.publish(result("mzlon", time, Map.of()));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    private static MetricRollup of(List<MetricRollup> rollups, String metric) {
        return rollups.stream()
                .filter(rollup -> rollup.getMetric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private List<MetricRollup> rollups(int minutes) {
        return allRollups().stream()
                .filter(rollup -> rollup.getResolutionMinutes() == minutes)
                .toList();
    }

    private List<MetricRollup> allRollups() {
        return rig.published(Topic.METRIC_ROLLUPS, MetricRollup.class).stream()
                .map(TestRecord::value)
                .filter(rollup -> !"mzlon".equals(rollup.getZoneId()))
                .toList();
    }

    private List<TextChange> texts() {
        return rig.published(Topic.TEXT_CHANGES, TextChange.class).stream()
                .map(TestRecord::value)
                .toList();
    }

    private void assertNoRecordIsTooLarge(int minutes) {
        String changelog = "rig-rollup-windows-" + minutes + "m-changelog";
        int largest = rig
                .driver
                .createOutputTopic(changelog, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .mapToInt(record -> record.value() == null ? 0 : record.value().length)
                .max()
                .orElseThrow();
        assertThat(largest).isLessThanOrEqualTo(LARGEST_RECORD_BYTES);
    }

    private double skipped(String what, String reason) {
        return meters.counter("tidewatch.rollup." + what + ".skipped", "reason", reason)
                .count();
    }
}
