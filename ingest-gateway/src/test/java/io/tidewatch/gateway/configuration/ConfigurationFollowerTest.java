package io.tidewatch.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.InMemorySchemaRegistry;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigurationFollowerTest {
    private static final TopicNames NAMES = TopicNames.withDefaultPrefix();
    private static final ResourcePath ENTITY = ResourcePath.of("acme", "en1");

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    private final ConfigurationView view = new ConfigurationView();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConfigurationFollower follower = new ConfigurationFollower(consumer, registry, NAMES, view, meters);
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    @BeforeEach
    void createTopics() {
        Node node = new Node(1, "localhost", 9092);
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        for (Topic topic : ConfigurationView.TOPICS) {
            String name = NAMES.of(topic);
            consumer.updatePartitions(
                    name, List.of(new PartitionInfo(name, 0, node, new Node[] {node}, new Node[] {node})));
            beginnings.put(partition(topic), 0L);
            ends.put(partition(topic), 0L);
        }
        consumer.updateBeginningOffsets(beginnings);
        consumer.updateEndOffsets(ends);
    }

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void isCaughtUpWithEmptyTopics() {
        follower.start();

        Awaitility.await()
                .untilAsserted(() -> assertThat(follower.behindBecause()).isEmpty());
        assertThat(follower.isCaughtUp()).isTrue();
    }

    @Test
    void isNotCaughtUpBeforeItHasReadToTheEnd() {
        addEntityAt(0);
        endAt(2);

        follower.start();

        Awaitility.await().until(() -> view.entities().get(ENTITY).isPresent());
        Awaitility.await()
                .untilAsserted(() -> assertThat(follower.behindBecause())
                        .hasValueSatisfying(reason -> assertThat(reason).startsWith("1 record")));
        assertThat(follower.isCaughtUp()).isFalse();

        consumer.schedulePollTask(() -> addRecord(1, "acme/en1", null));
        Awaitility.await().until(follower::isCaughtUp);
        assertThat(view.entities().get(ENTITY)).isEmpty();
    }

    @Test
    void passesOverWhatItCannotRead() {
        consumer.schedulePollTask(() -> {
            addRecord(0, "acme/en1", new byte[] {1, 2, 3});
            addRecord(1, "acme/other", serializer.serialize(NAMES.of(Topic.ENTITIES), Samples.entity("en1")));
            addRecord(2, "acme/en1", serializer.serialize(NAMES.of(Topic.ENTITIES), Samples.entity("en1")));
        });

        follower.start();

        assertThat(view.await(Map.of(partition(Topic.ENTITIES), 3L), Duration.ofSeconds(30)))
                .isTrue();
        assertThat(view.entities().get(ENTITY)).isPresent();
        assertThat(view.entities().get(ResourcePath.of("acme", "other"))).isEmpty();
        assertThat(meters.counter("tidewatch.gateway.view.records.skipped").count())
                .isEqualTo(2);
    }

    @Test
    void waitsForARegistryThatIsAway() {
        addEntityAt(0);
        registry.goAway();

        follower.start();
        Awaitility.await()
                .untilAsserted(() -> assertThat(follower.behindBecause())
                        .hasValueSatisfying(reason -> assertThat(reason).contains("registry")));
        registry.comeBack();

        Awaitility.await().until(() -> view.entities().get(ENTITY).isPresent());
        assertThat(meters.counter("tidewatch.gateway.view.records.skipped").count())
                .isZero();
    }

    @Test
    void saysWhenKafkaDoesNotAnswerAndGoesOnWhenItDoes() {
        CountDownLatch seen = new CountDownLatch(1);
        consumer.schedulePollTask(() -> {
            throw new TimeoutException("no answer");
        });
        consumer.schedulePollTask(() -> Awaitility.await().until(() -> seen.getCount() == 0));
        addEntityAt(0);

        follower.start();
        Awaitility.await()
                .untilAsserted(() -> assertThat(follower.behindBecause())
                        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Kafka does not answer")));
        seen.countDown();

        Awaitility.await().until(() -> view.entities().get(ENTITY).isPresent());
        assertThat(follower.deadBecause()).isEmpty();
    }

    @Test
    void saysThatItIsDeadWhenItIs() {
        consumer.schedulePollTask(() -> {
            throw new IllegalStateException("a bug");
        });

        follower.start();

        Awaitility.await()
                .untilAsserted(() -> assertThat(follower.deadBecause()).isPresent());
    }

    @Test
    void closesItsConsumerWhetherStartedOrNot() {
        follower.close();

        assertThat(consumer.closed()).isTrue();
    }

    private void addEntityAt(long offset) {
        byte[] value = serializer.serialize(NAMES.of(Topic.ENTITIES), Samples.entity("en1"));
        consumer.schedulePollTask(() -> addRecord(offset, "acme/en1", value));
    }

    private void addRecord(long offset, String key, byte @Nullable [] value) {
        consumer.addRecord(new ConsumerRecord<>(NAMES.of(Topic.ENTITIES), 0, offset, key, value));
    }

    private void endAt(long offset) {
        ends.put(partition(Topic.ENTITIES), offset);
        consumer.updateEndOffsets(ends);
    }

    private static TopicPartition partition(Topic topic) {
        return new TopicPartition(NAMES.of(topic), 0);
    }
}
