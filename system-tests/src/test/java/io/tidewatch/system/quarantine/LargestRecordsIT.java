package io.tidewatch.system.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.system.drills.TopicContents;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.system.servers.StreamsSettings;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records of the largest size that a broker takes, whose dead letters are larger still. */
@Tag("failures")
@ExtendWith(SharedServers.class)
final class LargestRecordsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** With 70 bytes around it, brokers take it just so. */
    private static final byte[] GARBAGE = new byte[1_048_300];

    @TempDir
    private Path stateDir;

    @Test
    void garbageOfTheLargestSizeIsPutAsideWholeAndItsPartitionGoesOn(KafkaSettings kafka)
            throws ExecutionException, InterruptedException {
        TopicContents contents = new TopicContents(kafka);
        try (StreamsApp streams =
                        new StreamsApp(StreamsSettings.of(kafka, "alarms,rollups", stateDir), Clock.systemUTC());
                DisturbedChecks checks = new DisturbedChecks(kafka)) {
            streams.start();
            streams.awaitReady(PATIENCE);
            checks.configure();

            publishGarbage(kafka);
            checks.publishOthers(Instant.now().minusSeconds(60), false);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(contents.committedByKey(Topic.ALERT_EVENTS, AlertEvent.class))
                            .hasSize(DisturbedChecks.OTHERS.size()));
            List<ConsumerRecord<byte[], byte[]>> letters = contents.committed(Topic.DEAD_LETTERS);
            assertThat(letters).hasSize(Topic.DEFAULT_PARTITIONS);
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.value()).isEqualTo(GARBAGE);
                assertThat(new String(letter.headers().lastHeader("stage").value(), UTF_8))
                        .isEqualTo("decode");
            });
        }
    }

    /** One in each partition. */
    private static void publishGarbage(KafkaSettings kafka) throws ExecutionException, InterruptedException {
        Map<String, Object> large = new HashMap<>(kafka.client());
        large.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(large, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int partition : IntStream.range(0, Topic.DEFAULT_PARTITIONS).toArray()) {
                var sent = producer.send(new ProducerRecord<>(
                                kafka.topics().of(Topic.CHECK_RESULTS), partition, "key".getBytes(UTF_8), GARBAGE))
                        .get();
                assertThat(sent.partition()).isEqualTo(partition);
            }
        }
    }
}
