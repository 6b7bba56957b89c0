package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.State;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.standalone.local.DemoTarget;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import outside.OutsideConsumer;
import outside.OutsideProducer;

/** From a check that a user creates to rows in Cassandra and alerts on the topic, on all the real servers and parts. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PipelineContract {
    private RunningTidewatch tidewatch;

    /**
     * Starts the Tidewatch to be tested.
     *
     * @param directory for what it stores on this machine
     */
    abstract Installation start(Path directory);

    @BeforeAll
    void startOnce(@TempDir Path directory) {
        tidewatch = new RunningTidewatch(start(directory));
    }

    @AfterAll
    void close() {
        tidewatch.close();
    }

    @Test
    void raisesAnAlertWhenTheServerStopsAndAnotherWhenItIsBack() {
        try (DemoTarget target = tidewatch.target()) {
            target.listen();
            String entity = tidewatch.createEntity("alerts");
            String check = tidewatch.createTcpCheck("alerts", entity, target.port());
            tidewatch.createAlarm("alerts", entity, check, "return new AlarmStatus(OK, 'up');");

            tidewatch.awaitAlert(entity, State.UNKNOWN, State.OK);
            target.breakDown();
            AlertEvent alert = tidewatch.awaitAlert(entity, State.OK, State.CRITICAL);
            target.listen();
            tidewatch.awaitAlert(entity, State.CRITICAL, State.OK);

            assertThat(alert.getStatus()).isEqualTo("connection refused");
            assertThat(alert.getEntityLabel()).isEqualTo("this machine");
            assertThat(tidewatch.alerts(entity)).hasSize(3);
            await().atMost(RunningTidewatch.PATIENCE)
                    .until(() -> tidewatch.rows("results", check) >= 3L * Installation.ZONES.size());
        }
    }

    @Test
    void givesUpTheStateOfAnAlarmThatNobodyReportsForAndTakesItUpAgain() throws Exception {
        String entity = tidewatch.createEntity("silent");
        String check = tidewatch.createAgentCheck("silent", entity, Installation.PERIOD_SECONDS);
        tidewatch.createAlarm("silent", entity, check, "if (metric['n'] > 1) { return WARNING } return OK");
        Instant reported = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        post("silent", entity, check, reported, 2);
        tidewatch.awaitAlert(entity, State.UNKNOWN, State.WARNING);
        AlertEvent silence = tidewatch.awaitAlert(entity, State.WARNING, State.UNKNOWN);
        post("silent", entity, check, Instant.now(), 1);
        tidewatch.awaitAlert(entity, State.UNKNOWN, State.OK);

        assertThat(silence.getStatus()).isEqualTo("no data since " + reported);
        assertThat(silence.getTimestamp()).isEqualTo(reported.plusMillis(3 * 1500L * Installation.PERIOD_SECONDS));
    }

    @Test
    void putsBadRecordsAsideOnceAndGoesOn() throws Exception {
        String entity = tidewatch.createEntity("bad");
        String check = tidewatch.createAgentCheck("bad", entity);
        tidewatch.createAlarm("bad", entity, check, "if (metric['n'] > 1) { return WARNING } return OK");
        String key = new CheckPath("bad", entity, check).toString();

        publish(key, "garbage".getBytes(StandardCharsets.UTF_8));
        publish(key, wireFormat(987_654, new byte[] {1, 2, 3}));
        publish(key, null);
        publish(key, resultWithoutEntity());
        post("bad", entity, check, Instant.now(), 2);

        assertThat(tidewatch.awaitAlert(entity, State.UNKNOWN, State.WARNING).getMetrics())
                .containsKey("n");
        await().atMost(RunningTidewatch.PATIENCE).until(() -> tidewatch.rows("results", check) == 1);
        assertThat(deadLetters(key))
                .hasSize(4)
                .allSatisfy(letter -> assertThat(header(letter, "topic")).isEqualTo(name(Topic.CHECK_RESULTS)));
        assertThat(deadLetters(key))
                .extracting(letter -> header(letter, "reason"))
                .anySatisfy(reason -> assertThat(reason).contains("wire format"))
                .anySatisfy(reason -> assertThat(reason).contains("987654"))
                .anySatisfy(reason -> assertThat(reason).contains("no value"))
                .anySatisfy(reason -> assertThat(reason).contains("CheckResult"));
    }

    @Test
    void rollsUpWindowsOfFiveMinutes() {
        String entity = tidewatch.createEntity("rollups");
        String check = tidewatch.createAgentCheck("rollups", entity);
        Instant now = Instant.now();
        Instant window = Instant.ofEpochSecond(now.minus(Duration.ofMinutes(20)).getEpochSecond() / 300 * 300);

        post("rollups", entity, check, window, 1);
        post("rollups", entity, check, window.plusMillis(299_999), 4);
        post("rollups", entity, check, window.plusSeconds(300), 100);
        post("rollups", entity, check, now, 1);

        await().atMost(RunningTidewatch.PATIENCE).until(() -> tidewatch.rows("rollups_5m", check) >= 4);
        MetricRollup rollup = rollups(check).stream()
                .filter(found -> found.getResolutionMinutes() == 5
                        && found.getMetric().equals("n")
                        && found.getWindowStart().equals(window))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(rollup.getCount()).isEqualTo(2);
        assertThat(rollup.getSum()).isEqualTo(5.0);
        assertThat(rollup.getMin()).isEqualTo(1.0);
        assertThat(rollup.getMax()).isEqualTo(4.0);
        assertThat(rollup.getVariance()).isEqualTo(2.25);
    }

    @Test
    void isReadAndWrittenByProgramsThatKnowTheRegistryOnly() throws Exception {
        String entity = tidewatch.createEntity("outside");
        String check = tidewatch.createAgentCheck("outside", entity);
        tidewatch.createAlarm("outside", entity, check, "if (metric['load'] > 9) { return WARNING } return OK");
        String registry = tidewatch.kafka().registryUrl();
        OutsideProducer encoder = new OutsideProducer(registry, name(Topic.CHECK_RESULTS));
        OutsideConsumer decoder = new OutsideConsumer(registry);

        publish(
                new CheckPath("outside", entity, check).toString(),
                encoder.encode(encoder.result("outside", entity, check, "load", 9.5)));
        tidewatch.awaitAlert(entity, State.UNKNOWN, State.WARNING);

        GenericRecord alert = decoded(decoder, Topic.ALERT_EVENTS, entity);
        assertThat(alert.get("state")).hasToString("WARNING");
        assertThat(alert.get("check_id")).hasToString(check);
        GenericRecord result = decoded(decoder, Topic.CHECK_RESULTS, entity);
        assertThat(result.get("collector_id")).hasToString("outside-producer");
    }

    @Test
    void refusesABadCriteriaAtTheDoorWithItsPlace() {
        String entity = tidewatch.createEntity("door");
        String check = tidewatch.createAgentCheck("door", entity);

        var answer = tidewatch.post("/door/entities/" + entity + "/alarms", """
                {"check_id": "%s", "notification_plan_id": "npManaged", "criteria": "return OK\\nif"}""".formatted(check));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("alarmParseError").contains("\"error_line\":2");
    }

    private void post(String tenant, String entity, String check, Instant at, int n) {
        var answer = tidewatch.post("/" + tenant + "/results", """
                {"entity_id": "%s", "check_id": "%s", "timestamp": %d, "available": true, "status": "ok",
                 "metrics": {"n": %d}}""".formatted(entity, check, at.toEpochMilli(), n));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private void publish(String key, byte @Nullable [] value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(tidewatch.kafka().client(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(name(Topic.CHECK_RESULTS), key, value))
                    .get();
        }
    }

    /** What a producer writes whose own schema lets fields be null that may not be. */
    private byte[] resultWithoutEntity() throws IOException {
        Schema lax = SchemaBuilder.record("CheckResult")
                .namespace("io.tidewatch.schema")
                .fields()
                .optionalString("tenant_id")
                .optionalString("entity_id")
                .endRecord();
        int id = tidewatch.kafka().registry().register("lax-value", lax);
        GenericRecord record =
                new GenericRecordBuilder(lax).set("tenant_id", "bad").build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(body, null);
        new GenericDatumWriter<GenericRecord>(lax).write(record, encoder);
        return wireFormat(id, body.toByteArray());
    }

    private static byte[] wireFormat(int schemaId, byte[] body) {
        return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put((byte) 0)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(String key) {
        return tidewatch.records(name(Topic.DEAD_LETTERS)).stream()
                .filter(letter -> key.equals(letter.key()))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        Headers headers = letter.headers();
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private List<MetricRollup> rollups(String check) {
        var reader = new AvroSerde<>(tidewatch.kafka().registry(), MetricRollup.class).deserializer();
        return tidewatch.records(name(Topic.METRIC_ROLLUPS)).stream()
                .map(record -> reader.deserialize(record.topic(), record.value()))
                .filter(rollup -> rollup.getCheckId().equals(check))
                .toList();
    }

    private GenericRecord decoded(OutsideConsumer decoder, Topic topic, String entity) throws IOException {
        for (ConsumerRecord<String, byte[]> record : tidewatch.records(name(topic))) {
            if (record.key().contains("/" + entity + "/")) {
                return decoder.decode(record.value());
            }
        }
        throw new AssertionError("Nothing about " + entity + " on " + topic);
    }

    private String name(Topic topic) {
        return tidewatch.kafka().topics().of(topic);
    }
}
