package io.tidewatch.streams.alarm;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.topology.AlarmTopology;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The real alarm topology with one check to play with: entity en1, check ch1, whatever alarms a test adds. */
final class AlarmRig implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** TopologyTestDriver has one task, which reads partition 0 of everything. */
    private static final int PARTITIONS = 1;

    private static final CriteriaShapes SHAPES = new CriteriaShapes();

    final TopologyTestDriver driver;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private long caughtUpMs;
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final TopicNames topics = TopicNames.withDefaultPrefix();
    private final TestInputTopic<String, CheckResult> results;
    private final TestInputTopic<String, Check> checks;
    private final TestInputTopic<String, Alarm> alarms;
    private final TestInputTopic<String, Entity> entities;
    private final TestOutputTopic<String, AlertEvent> events;
    private final TestOutputTopic<String, AlarmState> states;
    private final TestOutputTopic<String, byte[]> deadLetters;

    AlarmRig(Path stateDir) {
        this(stateDir, SHAPES);
    }

    AlarmRig(Path stateDir, CriteriaShapes shapes) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "rig-" + UUID.randomUUID());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(
                AlarmTopology.build(topics, registry, PARTITIONS, shapes, partition -> caughtUpMs, meters), properties);
        results = input(Topic.CHECK_RESULTS, CheckResult.class);
        checks = input(Topic.CHECKS, Check.class);
        alarms = input(Topic.ALARMS, Alarm.class);
        entities = input(Topic.ENTITIES, Entity.class);
        events = output(Topic.ALERT_EVENTS, AlertEvent.class);
        states = output(Topic.ALARM_STATES, AlarmState.class);
        deadLetters = driver.createOutputTopic(
                topics.of(Topic.DEAD_LETTERS),
                Serdes.String().deserializer(),
                Serdes.ByteArray().deserializer());
    }

    AlarmRig entity(String label) {
        entities.pipeInput(
                "t/en1",
                Entity.newBuilder()
                        .setTenantId("t")
                        .setEntityId("en1")
                        .setLabel(label)
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
        return this;
    }

    AlarmRig check(String type, int periodSeconds, String... zones) {
        return check(checkBuilder(type, periodSeconds, zones));
    }

    AlarmRig check(Check.Builder check) {
        checks.pipeInput("t/en1/ch1", check.build());
        return this;
    }

    AlarmRig check(String id, Check.Builder check) {
        checks.pipeInput("t/en1/" + id, check.setCheckId(id).build());
        return this;
    }

    static Check.Builder checkBuilder(String type, int periodSeconds, String... zones) {
        return Check.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setType(type)
                .setLabel("the check")
                .setPeriodSeconds(periodSeconds)
                .setTimeoutSeconds(1)
                .setMonitoringZonesPoll(List.of(zones))
                .setCreatedAt(START)
                .setUpdatedAt(START);
    }

    AlarmRig noCheck() {
        checks.pipeInput("t/en1/ch1", (Check) null);
        return this;
    }

    AlarmRig alarm(String id, String criteria) {
        return alarm(id, criteria, false);
    }

    AlarmRig alarm(String id, String criteria, boolean disabled) {
        return alarm(alarmBuilder(id, criteria).setDisabled(disabled));
    }

    AlarmRig alarm(Alarm.Builder alarm) {
        alarms.pipeInput("t/en1/" + alarm.getAlarmId(), alarm.build());
        return this;
    }

    static Alarm.Builder alarmBuilder(String id, String criteria) {
        return Alarm.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setAlarmId(id)
                .setCheckId("ch1")
                .setLabel("the alarm")
                .setCriteria(criteria)
                .setNotificationPlanId("np1")
                .setCreatedAt(START)
                .setUpdatedAt(START);
    }

    AlarmRig noAlarm(String id) {
        alarms.pipeInput("t/en1/" + id, (Alarm) null);
        return this;
    }

    /** An available observation; metrics as name, value, name, value … */
    AlarmRig observe(double atSeconds, @Nullable String zone, Object... metrics) {
        return publish(result(atSeconds, zone, metrics));
    }

    AlarmRig unavailable(double atSeconds, @Nullable String zone, String status) {
        return publish(made(atSeconds, zone, false, status));
    }

    /** An available observation that nobody has made yet; metrics as name, value, name, value … */
    CheckResult result(double atSeconds, @Nullable String zone, Object... metrics) {
        return made(atSeconds, zone, true, "fine", metrics);
    }

    private static CheckResult made(
            double atSeconds, @Nullable String zone, boolean available, String status, Object... metrics) {
        Map<String, Metric> values = new HashMap<>();
        for (int i = 0; i < metrics.length; i += 2) {
            values.put((String) metrics[i], new Metric(metrics[i + 1], null));
        }
        return CheckResult.newBuilder()
                .setResultId(UUID.randomUUID().toString())
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setCheckType("remote.http")
                .setZoneId(zone)
                .setCollectorId("rig")
                .setTimestamp(START.plusMillis((long) (atSeconds * 1000)))
                .setAvailable(available)
                .setStatus(status)
                .setMetrics(values)
                .build();
    }

    private AlarmRig publish(CheckResult result) {
        results.pipeInput("t/en1/ch1", result, result.getTimestamp());
        return this;
    }

    /** The stores of the task, from which another could be built. */
    AlarmStores stores() {
        return new AlarmStores(
                driver.getKeyValueStore(AlarmStores.CHECKS),
                driver.getKeyValueStore(AlarmStores.ALARMS),
                driver.getKeyValueStore(AlarmStores.MEMORIES),
                driver.getKeyValueStore(AlarmStores.ZONES),
                driver.getKeyValueStore(AlarmStores.ENTITIES));
    }

    /** The inputs that wait in the task. */
    HeldInputs heldInputs() {
        return new HeldInputs(driver.getKeyValueStore(HeldInputs.STORE), registry, topics);
    }

    boolean somethingIsHeld() {
        List<String> held = new ArrayList<>();
        heldInputs().forEach(found -> held.add(found.key()));
        return !held.isEmpty();
    }

    /** Lets time go by without any result, while the pipeline keeps up. */
    AlarmRig quiet(Duration time) {
        caughtUpMs += time.toMillis();
        driver.advanceWallClockTime(CaughtUpTime.RESOLUTION);
        return this;
    }

    /** The transitions since the last call, as {@code "31.0 UNKNOWN->OK: message"}. */
    List<String> transitions() {
        return events().stream()
                .map(event -> "%s %s->%s: %s"
                        .formatted(
                                (event.getTimestamp().toEpochMilli() - START.toEpochMilli()) / 1000.0,
                                event.getPreviousState(),
                                event.getState(),
                                event.getStatus()))
                .toList();
    }

    List<AlertEvent> events() {
        return events.readValuesToList();
    }

    Map<String, AlarmState> states() {
        return states.readKeyValuesToMap();
    }

    List<TestRecord<String, byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /** What {@code alarms} would decode of a dead letter's bytes. */
    Alarm decodeAlarm(byte[] bytes) {
        return new AvroSerde<>(registry, Alarm.class).deserializer().deserialize(topics.of(Topic.ALARMS), bytes);
    }

    @Override
    public void close() {
        driver.close();
    }

    private <T extends SpecificRecord> TestInputTopic<String, T> input(Topic topic, Class<T> type) {
        return driver.createInputTopic(
                topics.of(topic), Serdes.String().serializer(), new AvroSerde<>(registry, type).serializer());
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic, Class<T> type) {
        return driver.createOutputTopic(
                topics.of(topic), Serdes.String().deserializer(), new AvroSerde<>(registry, type).deserializer());
    }
}
