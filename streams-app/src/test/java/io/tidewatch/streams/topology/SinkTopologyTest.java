package io.tidewatch.streams.topology;

import static io.tidewatch.streams.ResultsOfOneCheck.KEY;
import static io.tidewatch.streams.ResultsOfOneCheck.result;
import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.State;
import io.tidewatch.schema.TextChange;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.sink.ControlledInsert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.sink.WriteBarrier;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SinkTopologyTest {
    private static final CheckResult RESULT = result("mzdfw", START, "duration", 120L);

    @TempDir
    private Path stateDir;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final WriteBarrier barrier = new WriteBarrier(
            new WriteBarrier.Limits(100, Duration.ofMillis(1), Duration.ofMillis(1)),
            IllegalStateException.class::isInstance,
            timer,
            Clock.systemUTC(),
            meters);
    private final ControlledInsert<CheckResult> results = new ControlledInsert<>();
    private final ControlledInsert<MetricRollup> rollups = new ControlledInsert<>();
    private final ControlledInsert<TextChange> texts = new ControlledInsert<>();
    private final ControlledInsert<MetricRollup> numericMetrics = new ControlledInsert<>();
    private final ControlledInsert<TextChange> textMetrics = new ControlledInsert<>();
    private final ControlledInsert<AlertEvent> byAlarm = new ControlledInsert<>();
    private final ControlledInsert<AlertEvent> byTenant = new ControlledInsert<>();
    private final ControlledInsert<AlarmState> states = new ControlledInsert<>();
    private final ControlledInsert<DeliveryAttempt> attempts = new ControlledInsert<>();
    private final ControlledInsert<DeliveryAttempt> suppressionLogs = new ControlledInsert<>();
    private TopologyRig rig;

    @BeforeEach
    void start() {
        rig = new TopologyRig(
                new SinkTopology(TopicNames.withDefaultPrefix(), registry, barrier, meters)
                        .build(
                                1,
                                new Inserts(
                                        results,
                                        rollups,
                                        texts,
                                        numericMetrics,
                                        textMetrics,
                                        byAlarm,
                                        byTenant,
                                        states,
                                        attempts,
                                        suppressionLogs)),
                registry,
                meters,
                stateDir,
                ReportedElsewhere.NOTHING,
                START);
    }

    @AfterEach
    void end() {
        rig.close();
        timer.shutdownNow();
    }

    @Test
    void writesEachResultAndCountsItsAcknowledgement() {
        rig.publish(RESULT);

        assertThat(results.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.record()).isEqualTo(RESULT));
        assertThat(barrier.inFlight()).isEqualTo(1);
        results.attempts().get(0).outcome().complete(null);
        assertThat(barrier.inFlight()).isZero();
        assertThat(meters.counter("tidewatch.sink.rows.written", "table", "controlled")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void doesNotWriteAResultThatIsNotValid() {
        CheckResult bad = result("mzdfw", START, "duration", 120L);
        bad.setCheckId("");

        rig.publish(bad);

        assertThat(results.attempts()).isEmpty();
        assertThat(rig.deadLetters()).hasSize(1);
    }

    @Test
    void putsAsideWhatCassandraWillNeverTake() {
        rig.publish(RESULT);
        results.attempts().get(0).outcome().completeExceptionally(new IllegalStateException("mutation too large"));
        assertThat(rig.deadLetters()).isEmpty();
        assertThat(barrier.inFlight()).isEqualTo(1);

        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));

        TestRecord<byte[], byte[]> letter =
                assertThat(rig.deadLetters()).singleElement().actual();
        assertThat(letter.key()).isEqualTo(KEY.getBytes(StandardCharsets.UTF_8));
        assertThat(new AvroSerde<>(registry, CheckResult.class)
                        .deserializer()
                        .deserialize("tidewatch.check-results", letter.value()))
                .isEqualTo(RESULT);
        assertThat(TopologyRig.headers(letter))
                .containsEntry("topic", "tidewatch.check-results")
                .containsEntry("offset", "0")
                .containsEntry("application", "rig")
                .containsEntry("stage", "write-results")
                .containsEntry("error", "java.lang.IllegalStateException")
                .containsEntry("reason", "Cassandra refuses the row: mutation too large");
        assertThat(barrier.inFlight()).isZero();
    }

    /** It once failed the task at each try, and the offset of its row's partition was never committed again. */
    @Test
    void putsAsideWhatCassandraWillNeverTakeAlsoWithoutAKey() {
        TextChange change = new TextChange("t", "en1", "ch1", "mzdfw", "code", START, "503");
        rig.input(Topic.TEXT_CHANGES, TextChange.class).pipeInput((String) null, change);
        textMetrics.attempts().get(0).outcome().complete(null);

        texts.attempts().get(0).outcome().completeExceptionally(new IllegalStateException("key too long"));
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));

        TestRecord<byte[], byte[]> letter =
                assertThat(rig.deadLetters()).singleElement().actual();
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNotEmpty();
        assertThat(barrier.inFlight()).isZero();
    }

    @Test
    void putsARollupWithoutValueAside() {
        numericMetrics.remembers();

        rig.input(Topic.METRIC_ROLLUPS, MetricRollup.class).pipeInput("t/en1/ch1/mzdfw/x", (MetricRollup) null);

        assertThat(TopologyRig.headers(
                        assertThat(rig.deadLetters()).singleElement().actual()))
                .containsEntry("stage", "write-rollups");
    }

    @Test
    void writesATextChange() {
        TextChange change = new TextChange("t", "en1", "ch1", "mzdfw", "code", START, "503");

        rig.input(Topic.TEXT_CHANGES, TextChange.class).pipeInput("t/en1/ch1/mzdfw/code", change);

        assertThat(texts.requests()).containsExactly(List.of(change));
        assertThat(textMetrics.requests()).containsExactly(List.of(change));
    }

    @Test
    void listsAMetricOnlyUntilThatIsAcknowledged() {
        TextChange change = new TextChange("t", "en1", "ch1", "mzdfw", "code", START, "503");
        TestInputTopic<String, TextChange> changes = rig.input(Topic.TEXT_CHANGES, TextChange.class);
        textMetrics.remembers();

        changes.pipeInput("t/en1/ch1/mzdfw/code", change);
        changes.pipeInput("t/en1/ch1/mzdfw/code", change);
        textMetrics.attempts().get(0).outcome().complete(null);
        changes.pipeInput("t/en1/ch1/mzdfw/code", change);

        assertThat(textMetrics.attempts()).hasSize(2);
        assertThat(texts.attempts()).hasSize(3);
    }

    @Test
    void writesATransitionToBothTablesAndWaitsForBoth() {
        AlertEvent event = AlertEvent.newBuilder()
                .setEventId("t:en1:al1:ch1:0:CRITICAL")
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setAlarmId("al1")
                .setTimestamp(START)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("slow")
                .setObservations(List.of())
                .setMetrics(Map.of())
                .build();

        rig.input(Topic.ALERT_EVENTS, AlertEvent.class).pipeInput("t/en1/al1", event);

        assertThat(byAlarm.requests()).containsExactly(List.of(event));
        assertThat(byTenant.requests()).containsExactly(List.of(event));
        byAlarm.attempts().get(0).outcome().complete(null);
        assertThat(barrier.inFlight()).isEqualTo(1);
    }

    @Test
    void writesAnAlarmState() {
        AlarmState state = AlarmState.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setAlarmId("al1")
                .setState(State.OK)
                .setPreviousState(State.UNKNOWN)
                .setStatus("fine")
                .setTimestamp(START)
                .setZones(List.of())
                .build();

        rig.input(Topic.ALARM_STATES, AlarmState.class).pipeInput("t/en1/al1", state);

        assertThat(states.requests()).containsExactly(List.of(state));
    }

    @Test
    void writesAnAttemptToBothTablesAndPutsAsideWhatCassandraWillNeverTake() {
        DeliveryAttempt attempt = attempt();

        rig.input(Topic.DELIVERY_ATTEMPTS, DeliveryAttempt.class).pipeInput("t/nt1", attempt);

        assertThat(attempts.requests()).containsExactly(List.of(attempt));
        assertThat(suppressionLogs.requests()).containsExactly(List.of(attempt));
        attempts.attempts().get(0).outcome().completeExceptionally(new IllegalStateException("key too long"));
        suppressionLogs.attempts().get(0).outcome().complete(null);
        rig.driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(TopologyRig.headers(
                        assertThat(rig.deadLetters()).singleElement().actual()))
                .containsEntry("topic", "tidewatch.delivery-attempts")
                .containsEntry("stage", "write-attempts-by-alarm");
        assertThat(barrier.inFlight()).isZero();
    }

    private static DeliveryAttempt attempt() {
        return DeliveryAttempt.newBuilder()
                .setDeliveryId("d1")
                .setTenantId("t")
                .setNotificationId("nt1")
                .setNotificationType("webhook")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setAlarmId("al1")
                .setEventId("t:en1:al1:ch1:0:CRITICAL")
                .setIncident(1)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("slow")
                .setAttempt(0)
                .setResult(AttemptResult.SUPPRESSED)
                .setReason("suppression sp1")
                .setFrom("")
                .setEventTimestamp(START)
                .setTimestamp(START)
                .setTookMs(0)
                .build();
    }

    @Test
    void forgetsRejectedWritesOfATaskThatIsClosed() {
        rig.publish(RESULT);
        rig.close();

        results.attempts().get(0).outcome().completeExceptionally(new IllegalStateException("mutation too large"));

        assertThat(barrier.inFlight()).isZero();
    }
}
