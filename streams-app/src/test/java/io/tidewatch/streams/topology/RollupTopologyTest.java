package io.tidewatch.streams.topology;

import static io.tidewatch.streams.ResultsOfOneCheck.result;
import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollupTopologyTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration LATENESS = Duration.ofHours(2);
    private static final Instant NEXT = START.plusSeconds(300);

    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyRig rig;

    /** Results of a day ago come in: event time alone decides, as long as they do. */
    @BeforeEach
    void start() {
        startAt(START.plus(Duration.ofDays(1)));
    }

    private void startAt(Instant wallClock) {
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        rig = new TopologyRig(
                RollupTopology.build(
                        TopicNames.withDefaultPrefix(),
                        registry,
                        1,
                        new RollUpMetrics.Times(GRACE, IDLE, LATENESS),
                        meters),
                registry,
                meters,
                stateDir,
                Set.of(),
                wallClock);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void rollsUpEveryNumericMetricOfAWindow() {
        rig.publish(result(
                "mzdfw",
                START,
                Map.of(
                        "duration", new Metric(120L, "milliseconds"),
                        "load", new Metric(0.5, null),
                        "code", new Metric("200", null),
                        "secure", new Metric(true, null))));
        rig.publish(result("mzdfw", START.plusSeconds(299), Map.of("duration", new Metric(240L, "milliseconds"))));

        goOnTo(NEXT.plus(GRACE));

        List<TestRecord<String, MetricRollup>> rollups = rollups();
        assertThat(rollups)
                .extracting(TestRecord::key)
                .containsExactly("t/en1/ch1/mzdfw/duration", "t/en1/ch1/mzdfw/load");
        MetricRollup duration = rollups.get(0).value();
        assertThat(duration.getTenantId()).isEqualTo("t");
        assertThat(duration.getEntityId()).isEqualTo("en1");
        assertThat(duration.getCheckId()).isEqualTo("ch1");
        assertThat(duration.getZoneId()).isEqualTo("mzdfw");
        assertThat(duration.getMetric()).isEqualTo("duration");
        assertThat(duration.getUnit()).isEqualTo("milliseconds");
        assertThat(duration.getResolutionMinutes()).isEqualTo(5);
        assertThat(duration.getWindowStart()).isEqualTo(START);
        assertThat(duration.getCount()).isEqualTo(2);
        assertThat(duration.getSum()).isEqualTo(360);
        assertThat(duration.getMin()).isEqualTo(120);
        assertThat(duration.getMax()).isEqualTo(240);
        assertThat(duration.getMean()).isEqualTo(180);
        assertThat(duration.getVariance()).isEqualTo(3600);
        assertThat(duration.getFirst()).isEqualTo(120);
        assertThat(duration.getFirstAt()).isEqualTo(START);
        assertThat(duration.getLast()).isEqualTo(240);
        assertThat(duration.getLastAt()).isEqualTo(START.plusSeconds(299));
        MetricRollup load = rollups.get(1).value();
        assertThat(load.getCount()).isEqualTo(1);
        assertThat(load.getUnit()).isNull();
        assertThat(load.getVariance()).isZero();
    }

    @Test
    void keepsZonesAndAnAgentsCheckApart() {
        rig.publish(result("mzdfw", START, "duration", 1L));
        rig.publish(result("mzord", START, "duration", 2L));
        rig.publish(result(null, START, "duration", 3L));

        goOnTo(NEXT.plus(GRACE));

        List<TestRecord<String, MetricRollup>> rollups = rollups();
        assertThat(rollups)
                .extracting(TestRecord::key)
                .containsExactly("t/en1/ch1//duration", "t/en1/ch1/mzdfw/duration", "t/en1/ch1/mzord/duration");
        assertThat(rollups.get(0).value().getZoneId()).isNull();
        assertThat(rollups.get(0).value().getSum()).isEqualTo(3);
    }

    @Test
    void publishesAWindowOnlyWhenItsGraceIsOver() {
        rig.publish(result("mzdfw", START, "duration", 1L));

        goOnTo(NEXT.plus(GRACE).minusMillis(1));
        assertThat(rollups()).isEmpty();

        goOnTo(NEXT.plus(GRACE));
        assertThat(rollups()).hasSize(1);
    }

    @Test
    void publishesByTheWallClockWhenResultsStopComing() {
        end();
        startAt(START);
        rig.publish(result("mzdfw", START, "duration", 1L));

        rig.driver.advanceWallClockTime(Duration.ofMinutes(5).plus(GRACE).minusSeconds(1));
        assertThat(rollups()).isEmpty();

        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(rollups()).singleElement().satisfies(record -> {
            assertThat(record.value().getCount()).isEqualTo(1);
            assertThat(record.timestamp()).isEqualTo(NEXT.plus(GRACE).toEpochMilli());
        });
    }

    @Test
    void publishesAWindowOnceAndAgainWhenLateDataCorrectsIt() {
        rig.publish(result("mzdfw", START.plusSeconds(10), "duration", 1L));
        goOnTo(NEXT.plus(GRACE));
        assertThat(rollups()).hasSize(1);
        rig.driver.advanceWallClockTime(Duration.ofSeconds(5));
        assertThat(rollups()).isEmpty();

        rig.publish(result("mzdfw", START.plusSeconds(5), "duration", 3L));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(rollups()).singleElement().satisfies(record -> {
            assertThat(record.value().getWindowStart()).isEqualTo(START);
            assertThat(record.value().getCount()).isEqualTo(2);
            assertThat(record.value().getFirst()).isEqualTo(3);
            assertThat(record.value().getLast()).isEqualTo(1);
        });
    }

    @Test
    void ignoresWhatIsLaterThanThatAndCountsIt() {
        Instant newest = START.plus(LATENESS).plusSeconds(600);
        goOnTo(newest);
        rollups();

        rig.publish(result("mzdfw", newest.minus(LATENESS).minusMillis(1), "duration", 1L));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(rollups()).isEmpty();
        assertThat(skipped("too late")).isEqualTo(1);

        rig.publish(result("mzdfw", newest.minus(LATENESS), "duration", 1L));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(rollups()).hasSize(1);
    }

    @Test
    void countsAResultThatIsDeliveredAgainOnce() {
        rig.publish(result("mzdfw", START, "duration", 5L));
        rig.publish(result("mzdfw", START, "duration", 5L));
        rig.publish(result("mzord", START, "duration", 5L));

        goOnTo(NEXT.plus(GRACE));

        assertThat(rollups())
                .allSatisfy(record -> assertThat(record.value().getCount()).isEqualTo(1));
        assertThat(skipped("repeated")).isEqualTo(1);
    }

    @Test
    void leavesOutWhatIsNoFiniteNumberAndKeepsTheRest() {
        rig.publish(result(
                "mzdfw",
                START,
                Map.of(
                        "a", new Metric(Double.NaN, null),
                        "b", new Metric(Double.NEGATIVE_INFINITY, null),
                        "c", new Metric(1.5, null))));

        goOnTo(NEXT.plus(GRACE));

        assertThat(rollups()).extracting(TestRecord::key).containsExactly("t/en1/ch1/mzdfw/c");
        assertThat(meters.counter("tidewatch.rollup.values.skipped", "reason", "not a finite number")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aClockThatIsAheadDoesNotCloseTheWindowsOfOthers() {
        end();
        startAt(START);
        rig.publish(result("mzdfw", START, "duration", 1L));
        rig.input(Topic.CHECK_RESULTS, CheckResult.class)
                .pipeInput("t/en1/ch1", result("mzord", START.plusSeconds(3600), "duration", 9L), START);
        rig.driver.advanceWallClockTime(Duration.ofSeconds(5));

        assertThat(rollups()).isEmpty();
    }

    /** Lets a result without numbers arrive at that time, so that event time goes on, and windows be looked after. */
    private void goOnTo(Instant time) {
        rig.publish(result("mzlon", time, "code", "200"));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    private double skipped(String reason) {
        return meters.counter("tidewatch.rollup.results.skipped", "reason", reason)
                .count();
    }

    private List<TestRecord<String, MetricRollup>> rollups() {
        return rig.published(Topic.METRIC_ROLLUPS, MetricRollup.class);
    }
}
