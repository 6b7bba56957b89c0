package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.Entity;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.topics.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that was killed while its global store was open starts again. Kafka Streams refuses such a store for ever, and
 * does not delete it by itself (KAFKA-21034).
 */
@Tag("kills")
@ExtendWith(SharedServers.class)
final class UncleanEndIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
    private static final int ENTITIES = 170;
    private static final String METADATA = "x".repeat(130_000);

    /** Less than the entities take, and more than an empty store. */
    private static final long WRITTEN_TO_DISK_BYTES = 8 << 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void alarmsStartAgainAfterAKillThatMetTheEntitiesStoreOpen(KafkaSettings kafka) {
        Path own = directory.resolve("alarms");
        try (StreamsInstance alarms = StreamsInstance.ofAlarms(own, StreamsInstance.Jvm.SHORT_LIVED, kafka)) {
            startAndAwait(alarms);
            alarms.end(ENDS_WITHIN);
            startAndAwait(alarms);
            publishEntities(kafka);
            await().atMost(PATIENCE).until(() -> storedBytes(own) > WRITTEN_TO_DISK_BYTES);

            alarms.kill();
            startAndAwait(alarms);

            assertThat(alarms.isReady()).isTrue();
        }
    }

    private static void startAndAwait(StreamsInstance alarms) {
        alarms.start();
        await().atMost(PATIENCE).until(alarms::isReady);
    }

    private static void publishEntities(KafkaSettings kafka) {
        try (Producer<String, Entity> producer = new KafkaProducer<>(
                kafka.client(), new StringSerializer(), new AvroSerializer<Entity>(kafka.registry()))) {
            for (int i = 0; i < ENTITIES; i++) {
                Entity entity = Entity.newBuilder()
                        .setTenantId("tenant")
                        .setEntityId("en" + i)
                        .setLabel("large")
                        .setMetadata(Map.of("text", METADATA))
                        .setCreatedAt(Instant.EPOCH)
                        .setUpdatedAt(Instant.EPOCH)
                        .build();
                var unused =
                        producer.send(new ProducerRecord<>(kafka.topics().of(Topic.ENTITIES), "tenant/en" + i, entity));
            }
        }
    }

    /** Of the stores that are the same in each process. */
    private static long storedBytes(Path instance) {
        try (Stream<Path> files = Files.walk(instance.resolve("state"))) {
            return files.filter(file -> file.toString().contains("/global/")
                            && file.toString().endsWith(".sst"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException movedMeanwhile) {
            return 0;
        }
    }
}
