package io.tidewatch.streams.topology;

import static io.tidewatch.streams.ResultsOfOneCheck.result;
import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RollupTopologyTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration LATENESS = Duration.ofHours(2);
    private static final Instant DAYS_LATER = START.plus(Duration.ofDays(3));
    private static final Instant NEXT = START.plusSeconds(300);

    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyRig rig;
    private long caughtUpMs;

    /** Results of days ago come in: event time alone decides, as long as they do. */
    @BeforeEach
    void start() {
        startAt(DAYS_LATER);
    }

    private void startAt(Instant wallClock) {
        startWith(wallClock, LATENESS);
    }

    private void startWith(Instant wallClock, Duration lateness) {
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        rig = new TopologyRig(
                RollupTopology.build(
                        TopicNames.withDefaultPrefix(),
                        registry,
                        1,
                        new RollUpMetrics.Times(GRACE, IDLE, lateness),
                        partition -> caughtUpMs,
                        meters),
                registry,
                meters,
                stateDir,
                ReportedElsewhere.NOTHING,
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

        letTimePass(Duration.ofMinutes(5).plus(GRACE).minusSeconds(1));
        assertThat(rollups()).isEmpty();

        letTimePass(Duration.ofSeconds(1));
        assertThat(rollups()).singleElement().satisfies(record -> {
            assertThat(record.value().getCount()).isEqualTo(1);
            assertThat(record.timestamp()).isEqualTo(NEXT.plus(GRACE).toEpochMilli());
        });
    }

    @Test
    void doesNotTakeResultsThatWaitForInputThatStopped() {
        rig.publish(result("mzdfw", START, "duration", 1L));
        rig.driver.advanceWallClockTime(IDLE.multipliedBy(3));
        assertThat(rollups()).isEmpty();

        rig.publish(result("mzdfw", START.plusSeconds(1), "duration", 1L));
        goOnTo(NEXT.plus(GRACE));
        assertThat(rollups())
                .singleElement()
                .satisfies(record -> assertThat(record.value().getCount()).isEqualTo(2));
    }

    @Test
    void aQuietStartDoesNotMakeABacklogLate() {
        letTimePass(IDLE);
        rig.publish(result("mzdfw", START, "duration", 1L));
        goOnTo(NEXT.plus(GRACE));

        assertThat(rollups()).hasSize(1);
        assertThat(corrected(Resolution.MIN5)).isZero();

        rig.publish(result("mzdfw", START.plusSeconds(1), "duration", 1L));
        letTimePass(Duration.ofSeconds(1));
        assertThat(corrected(Resolution.MIN5)).isEqualTo(1);
    }

    @Test
    void publishesAWindowOnceAndAgainWhenLateDataCorrectsIt() {
        rig.publish(result("mzdfw", START.plusSeconds(10), "duration", 1L));
        goOnTo(NEXT.plus(GRACE));
        assertThat(rollups()).hasSize(1);
        letTimePass(Duration.ofSeconds(5));
        assertThat(rollups()).isEmpty();

        rig.publish(result("mzdfw", START.plusSeconds(5), "duration", 3L));
        letTimePass(Duration.ofSeconds(1));

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
        letTimePass(Duration.ofSeconds(1));
        assertThat(rollups()).isEmpty();
        assertThat(skipped("too late")).isEqualTo(1);

        rig.publish(result("mzdfw", newest.minus(LATENESS), "duration", 1L));
        letTimePass(Duration.ofSeconds(1));
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
        letTimePass(Duration.ofSeconds(5));

        assertThat(rollups()).isEmpty();
    }

    @Test
    void publishesEachResolutionWhenItsWindowIsOver() {
        rig.publish(result("mzdfw", START, "duration", 4L));

        for (Resolution resolution : Resolution.values()) {
            Instant over = resolution.windowEnd(START).plus(GRACE);
            goOnTo(over.minusMillis(1));
            assertThat(of("duration", allRollups()))
                    .extracting(MetricRollup::getResolutionMinutes)
                    .doesNotContain(resolution.minutes());

            goOnTo(over);
            assertThat(of("duration", allRollups())).singleElement().satisfies(rollup -> {
                assertThat(rollup.getResolutionMinutes()).isEqualTo(resolution.minutes());
                assertThat(rollup.getWindowStart()).isEqualTo(START);
                assertThat(rollup.getCount()).isEqualTo(1);
            });
        }
    }

    /** The hour once was published without its last twenty minutes, which were published right after it. */
    @Test
    void publishesAWindowAfterAllFinerOnesThatEndWithIt() {
        rig.publish(result("mzdfw", START, "duration", 1L));
        goOnTo(START.plus(Duration.ofMinutes(20)).plus(GRACE));
        rig.publish(result("mzdfw", START.plus(Duration.ofMinutes(59)), "duration", 2L));

        goOnTo(START.plus(Duration.ofHours(1)).plus(GRACE));

        assertThat(of("duration", allRollups()))
                .filteredOn(rollup -> rollup.getResolutionMinutes() == 60)
                .extracting(MetricRollup::getCount)
                .containsExactly(2L);
    }

    @Test
    void putsAResultIntoTheWindowThatBeginsWithIt() {
        rig.publish(result("mzdfw", START.plus(Duration.ofDays(1)).minusMillis(1), "duration", 1L));
        rig.publish(result("mzdfw", START.plus(Duration.ofDays(1)), "duration", 2L));

        goOnTo(START.plus(Duration.ofDays(2)).plus(GRACE));

        List<TestRecord<String, MetricRollup>> all = allRollups();
        for (Resolution resolution : Resolution.values()) {
            assertThat(of("duration", all))
                    .filteredOn(rollup -> rollup.getResolutionMinutes() == resolution.minutes())
                    .extracting(MetricRollup::getWindowStart, MetricRollup::getSum)
                    .containsExactlyInAnyOrder(
                            tuple(START.plus(Duration.ofDays(1)).minus(resolution.length()), 1.0),
                            tuple(START.plus(Duration.ofDays(1)), 2.0));
        }
    }

    @Test
    void correctsEveryResolutionByOneLateResult() {
        end();
        startWith(DAYS_LATER, Duration.ofDays(2));
        rig.publish(result("mzdfw", START.plusSeconds(10), "duration", 1L));
        goOnTo(START.plus(Duration.ofDays(1)).plus(GRACE));
        assertThat(of("duration", allRollups())).hasSize(5);

        rig.publish(result("mzdfw", START.plusSeconds(5), "duration", 3L));
        letTimePass(Duration.ofSeconds(1));

        List<MetricRollup> corrected = of("duration", allRollups());
        assertThat(corrected).extracting(MetricRollup::getResolutionMinutes).containsExactly(5, 20, 60, 240, 1440);
        assertThat(corrected).allSatisfy(rollup -> {
            assertThat(rollup.getCount()).isEqualTo(2);
            assertThat(rollup.getSum()).isEqualTo(4);
            assertThat(rollup.getFirst()).isEqualTo(3);
        });
        for (String minutes : List.of("5", "20", "60", "240", "1440")) {
            assertThat(counted("tidewatch.rollup.windows.corrected", "resolution", minutes))
                    .isEqualTo(1);
        }
    }

    @Test
    void closesEveryResolutionByTheWallClockWhenResultsStopComing() {
        end();
        startAt(START);
        rig.publish(result("mzdfw", START, "duration", 1L));

        letTimePass(Duration.ofDays(1).plus(GRACE).minusMillis(1));
        assertThat(of("duration", allRollups())).hasSize(4);

        letTimePass(Duration.ofSeconds(1));
        assertThat(of("duration", allRollups()))
                .singleElement()
                .satisfies(rollup -> assertThat(rollup.getResolutionMinutes()).isEqualTo(1440));
    }

    @Test
    void countsAvailabilityAlsoWithoutAnyMetric() {
        rig.publish(result("mzdfw", START, Map.of()));
        rig.publish(unavailable(START.plusSeconds(30)));
        rig.publish(result("mzdfw", START.plusSeconds(60), Map.of()));
        rig.publish(result("mzdfw", START.plusSeconds(90), Map.of()));

        goOnTo(NEXT.plus(GRACE));

        assertThat(of(Series.AVAILABILITY, allRollups())).singleElement().satisfies(rollup -> {
            assertThat(rollup.getSum()).isEqualTo(3);
            assertThat(rollup.getCount()).isEqualTo(4);
            assertThat(rollup.getMean()).isEqualTo(0.75);
        });
    }

    @Test
    void doesNotTakeAProducersMetricForAvailability() {
        rig.publish(result("mzdfw", START, Series.AVAILABILITY, 17L));

        goOnTo(NEXT.plus(GRACE));

        assertThat(of(Series.AVAILABILITY, allRollups()))
                .singleElement()
                .satisfies(rollup -> assertThat(rollup.getSum()).isEqualTo(1));
        assertThat(counted("tidewatch.rollup.values.skipped", "reason", "reserved name"))
                .isEqualTo(1);
    }

    @Test
    void publishesTextsWhereTheyChange() {
        rig.publish(result("mzdfw", START, "code", "200"));
        rig.publish(result("mzdfw", START.plusSeconds(30), "code", "200"));
        rig.publish(result("mzdfw", START.plusSeconds(60), "code", "500"));
        rig.publish(result("mzdfw", START.plusSeconds(300), "code", "500"));
        rig.publish(result("mzdfw", START.plusSeconds(330), "code", true));

        goOnTo(NEXT.plusSeconds(300).plus(GRACE));

        assertThat(textChanges())
                .extracting(TextChange::getTimestamp, TextChange::getValue)
                .containsExactly(
                        tuple(START, "200"),
                        tuple(START.plusSeconds(60), "500"),
                        tuple(START.plusSeconds(330), "true"));
    }

    @Test
    void publishesTheNextTextToAWindowThatIsCorrected() {
        rig.publish(result("mzdfw", START, "code", "200"));
        rig.publish(result("mzdfw", START.plusSeconds(900), "code", "200"));
        goOnTo(START.plusSeconds(1200).plus(GRACE));
        assertThat(textChanges()).hasSize(1);

        rig.publish(result("mzdfw", START.plusSeconds(299), "code", "500"));
        letTimePass(Duration.ofSeconds(1));

        assertThat(textChanges())
                .extracting(TextChange::getTimestamp, TextChange::getValue)
                .containsExactly(
                        tuple(START, "200"),
                        tuple(START.plusSeconds(299), "500"),
                        tuple(START.plusSeconds(900), "200"));
    }

    @Test
    void cutsALongText() {
        rig.publish(result("mzdfw", START, "exact", "x".repeat(1024)));
        rig.publish(result("mzord", START, "long", "x".repeat(1025)));

        goOnTo(NEXT.plus(GRACE));

        assertThat(textChanges()).extracting(TextChange::getValue).containsExactly("x".repeat(1024), "x".repeat(1024));
    }

    @Test
    void losesNothingInARestart() {
        rig.publish(result("mzdfw", START, "duration", 1L));
        goOnTo(NEXT.plus(GRACE));
        assertThat(of("duration", allRollups())).hasSize(1);
        rig.publish(result("mzdfw", START.plusSeconds(301), "duration", 2L));
        rig.publish(result("mzdfw", START.plusSeconds(1), "duration", 3L));

        restart();
        goOnTo(START.plus(Duration.ofDays(1)).plus(GRACE));

        assertThat(of("duration", allRollups()))
                .extracting(MetricRollup::getResolutionMinutes, MetricRollup::getCount, MetricRollup::getSum)
                .containsExactly(
                        tuple(5, 2L, 4.0),
                        tuple(5, 1L, 2.0),
                        tuple(20, 3L, 6.0),
                        tuple(60, 3L, 6.0),
                        tuple(240, 3L, 6.0),
                        tuple(1440, 3L, 6.0));
    }

    /** Without one, Kafka Streams takes the task for corrupted when it starts again. */
    @Test
    void givesEachStoreOfWindowsAnOffsetAtOnce() {
        rig.publish(result("mzdfw", START, "duration", 1L));

        assertThat(rig.driver.producedTopicNames())
                .contains(
                        "rig-rollup-windows-5m-changelog",
                        "rig-rollup-windows-20m-changelog",
                        "rig-rollup-windows-60m-changelog",
                        "rig-rollup-windows-240m-changelog");
    }

    /** Lets a result without numbers arrive at that time, so that event time goes on, and windows be looked after. */
    private void goOnTo(Instant time) {
        rig.publish(result("mzlon", time, "code", "200"));
        letTimePass(Duration.ofSeconds(1));
    }

    /** While the application is seen to keep up. */
    private void letTimePass(Duration time) {
        caughtUpMs += time.toMillis();
        rig.driver.advanceWallClockTime(time);
    }

    private static CheckResult unavailable(Instant timestamp) {
        CheckResult result = result("mzdfw", timestamp, Map.of());
        result.setAvailable(false);
        return result;
    }

    /** Those of one metric of the check's first zone. */
    private static List<MetricRollup> of(String metric, List<TestRecord<String, MetricRollup>> records) {
        return records.stream()
                .map(TestRecord::value)
                .filter(rollup -> rollup.getMetric().equals(metric) && "mzdfw".equals(rollup.getZoneId()))
                .toList();
    }

    /** Hands on what the stores hold, as their changelogs do; the test driver deletes its directory when it is closed. */
    private void restart() {
        TopologyRig before = rig;
        stateDir = stateDir.resolve("after");
        startAt(DAYS_LATER);
        for (String name : before.driver.getAllStateStores().keySet()) {
            if (name.startsWith("rollup-windows-")) {
                WindowStore<Object, Object> store = rig.driver.getWindowStore(name);
                try (KeyValueIterator<Windowed<Object>, Object> rows =
                        before.driver.getWindowStore(name).all()) {
                    rows.forEachRemaining(row ->
                            store.put(row.key.key(), row.value, row.key.window().start()));
                }
            } else {
                KeyValueStore<Object, Object> store = rig.driver.getKeyValueStore(name);
                try (KeyValueIterator<Object, Object> rows =
                        before.driver.getKeyValueStore(name).all()) {
                    rows.forEachRemaining(row -> store.put(row.key, row.value));
                }
            }
        }
        before.close();
    }

    private double corrected(Resolution resolution) {
        return meters.counter(
                        "tidewatch.rollup.windows.corrected", "resolution", Integer.toString(resolution.minutes()))
                .count();
    }

    private double skipped(String reason) {
        return meters.counter("tidewatch.rollup.results.skipped", "reason", reason)
                .count();
    }

    /** Those of the finest resolution, of metrics that results named. */
    private List<TestRecord<String, MetricRollup>> rollups() {
        return allRollups().stream()
                .filter(record -> record.value().getResolutionMinutes() == 5)
                .filter(record -> !record.value().getMetric().equals(Series.AVAILABILITY))
                .toList();
    }

    private List<TestRecord<String, MetricRollup>> allRollups() {
        return rig.published(Topic.METRIC_ROLLUPS, MetricRollup.class);
    }

    private List<TextChange> textChanges() {
        return rig.published(Topic.TEXT_CHANGES, TextChange.class).stream()
                .map(TestRecord::value)
                .filter(change -> !"mzlon".equals(change.getZoneId()))
                .toList();
    }

    private double counted(String name, String tag, String value) {
        return meters.counter(name, tag, value).count();
    }
}
