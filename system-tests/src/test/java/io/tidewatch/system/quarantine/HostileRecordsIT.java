package io.tidewatch.system.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.system.drills.TopicContents;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.system.servers.StreamsSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records that brokers take and that ended a thread, at each start again, before any processor had seen them. */
@Tag("failures")
@ExtendWith(SharedServers.class)
final class HostileRecordsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final CheckPath HOSTILE = new CheckPath("loud", "en1", "ch1");

    @TempDir
    private Path stateDir;

    @Test
    void arePutAsideAndTheirPartitionsGoOn(KafkaSettings kafka) throws ExecutionException, InterruptedException {
        TopicContents contents = new TopicContents(kafka);
        try (StreamsApp streams =
                        new StreamsApp(StreamsSettings.of(kafka, "alarms,rollups", stateDir), Clock.systemUTC());
                DisturbedChecks checks = new DisturbedChecks(kafka)) {
            streams.start();
            streams.awaitReady(PATIENCE);
            checks.configure();

            publish(kafka);
            checks.publishOthers(Instant.now().minusSeconds(60), false);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(contents.committedByKey(Topic.ALERT_EVENTS, AlertEvent.class))
                            .hasSize(DisturbedChecks.OTHERS.size()));
            assertThat(contents.committed(Topic.DEAD_LETTERS))
                    .hasSize(2 * Topic.DEFAULT_PARTITIONS)
                    .extracting(letter ->
                            new String(letter.headers().lastHeader("stage").value(), UTF_8))
                    .containsOnly("decode", "validate-result");
        }
    }

    /** One of each kind in each partition. */
    private static void publish(KafkaSettings kafka) throws ExecutionException, InterruptedException {
        String topic = kafka.topics().of(Topic.CHECK_RESULTS);
        byte[] timeless = new AvroSerializer<CheckResult>(kafka.registry()).serialize(topic, result());
        byte[] deep = deep(kafka);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition : IntStream.range(0, Topic.DEFAULT_PARTITIONS).toArray()) {
                producer.send(new Timeless(topic, partition, timeless)).get();
                producer.send(new ProducerRecord<>(topic, partition, null, deep))
                        .get();
            }
        }
    }

    private static CheckResult result() {
        return CheckResult.newBuilder()
                .setResultId("r")
                .setTenantId(HOSTILE.tenantId())
                .setEntityId(HOSTILE.entityId())
                .setCheckId(HOSTILE.checkId())
                .setCheckType("remote.tcp")
                .setZoneId("mzone")
                .setCollectorId("co")
                .setTimestamp(Instant.now())
                .setAvailable(true)
                .setStatus("up")
                .setMetrics(Map.of())
                .build();
    }

    /** A result of a schema with a field more, which contains itself as often as the record has bytes. */
    private static byte[] deep(KafkaSettings kafka) {
        Schema node = Schema.createRecord("Node", "", "hostile", false);
        node.setFields(List.of(new Schema.Field(
                "next", Schema.createUnion(Schema.create(Schema.Type.NULL), node), "", (Object) null)));
        List<Schema.Field> fields = new ArrayList<>();
        Stream.concat(
                        Stream.of(new Schema.Field("extra", node, "", (Object) null)),
                        CheckResult.SCHEMA$.getFields().stream().map(field -> new Schema.Field(field, field.schema())))
                .forEach(fields::add);
        Schema hostile = Schema.createRecord("CheckResult", "", "io.tidewatch.schema", false, fields);
        int id = kafka.registry().register("hostile-value", hostile);
        byte[] nested = new byte[500_000];
        Arrays.fill(nested, (byte) 2);
        return ByteBuffer.allocate(5 + nested.length)
                .put((byte) 0)
                .putInt(id)
                .put(nested)
                .array();
    }

    /** A record without a time, as other clients can send it; Kafka's own refuses to make one. */
    private static final class Timeless extends ProducerRecord<byte[], byte[]> {
        Timeless(String topic, int partition, byte[] value) {
            super(topic, partition, null, value);
        }

        @Override
        public Long timestamp() {
            return -1L;
        }
    }
}
