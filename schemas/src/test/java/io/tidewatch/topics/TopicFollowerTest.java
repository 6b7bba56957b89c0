package io.tidewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.schema.Entity;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TopicFollowerTest {
    private static final TopicNames NAMES = TopicNames.withDefaultPrefix();
    private static final String ENTITIES = NAMES.of(Topic.ENTITIES);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final LeavingRegistry registry = new LeavingRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Entities entities = new Entities();
    private final TopicFollower follower =
            new TopicFollower("entities", consumer, registry, NAMES, List.of(Topic.ENTITIES), entities, meters);

    @BeforeEach
    void createTopic() {
        partitions(1);
        endAt(0);
    }

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void isCaughtUpWithAnEmptyTopic() {
        follower.start();

        await().until(follower::isCaughtUp);
        await().untilAsserted(() -> assertThat(follower.behindBecause()).isEmpty());
        assertThat(entities.caughtUp.getCount()).isZero();
    }

    @Test
    void isNotCaughtUpBeforeItHasReadToTheEnd() {
        endAt(2);
        consumer.schedulePollTask(() -> add(0, "acme/en1", entity("en1")));

        follower.start();

        await().until(() -> entities.byKey.containsKey("acme/en1"));
        await().untilAsserted(() -> assertThat(follower.behindBecause()).contains("1 records are still to be read"));
        assertThat(follower.isCaughtUp()).isFalse();
        assertThat(entities.caughtUp.getCount()).isOne();

        consumer.schedulePollTask(() -> add(1, "acme/en1", null));
        await().until(follower::isCaughtUp);
        assertThat(entities.byKey).isEmpty();
    }

    @Test
    void leavesOutWhatIsThereAlreadyWhenItFollowsFromNowOn() {
        endAt(2);
        consumer.schedulePollTask(() -> {
            add(1, "acme/en1", entity("before"));
            add(2, "acme/en1", entity("after"));
        });

        follower.startFromNowOn();

        await().until(follower::isCaughtUp);
        await().until(() -> entities.nextOffset == 3);
        assertThat(entities.byKey).containsOnlyKeys("acme/after");
    }

    @Test
    void skipsAndCountsWhatItCannotReadAndWhatTheReaderRefuses() {
        consumer.schedulePollTask(() -> {
            add(0, "acme/en1", new byte[] {1, 2, 3});
            add(1, null, entity("en1"));
            add(2, "acme/other", entity("en1"));
            add(3, "acme/en1", entity("en1"));
        });

        follower.start();

        await().until(() -> entities.nextOffset == 4);
        assertThat(entities.byKey).containsOnlyKeys("acme/en1");
        assertThat(meters.counter("tidewatch.follower.records.skipped", "follower", "entities")
                        .count())
                .isEqualTo(3);
        assertThat(meters.counter("tidewatch.follower.records.applied", "follower", "entities")
                        .count())
                .isOne();
    }

    @Test
    void waitsForARegistryThatIsAway() {
        byte[] value = entity("en1");
        consumer.schedulePollTask(() -> add(0, "acme/en1", value));
        registry.away = true;

        follower.start();
        await().untilAsserted(() -> assertThat(follower.behindBecause())
                .hasValueSatisfying(reason -> assertThat(reason).contains("registry")));
        registry.away = false;

        await().until(() -> entities.byKey.containsKey("acme/en1"));
        assertThat(meters.counter("tidewatch.follower.records.skipped", "follower", "entities")
                        .count())
                .isZero();
    }

    @Test
    void beginsAgainWhenKafkaDoesNotAnswerAtTheStart() {
        consumer.setOffsetsException(new TimeoutException("no answer"));

        follower.start();
        await().untilAsserted(() -> assertThat(follower.behindBecause()).contains("Kafka does not answer: no answer"));
        consumer.schedulePollTask(() -> add(0, "acme/en1", entity("en1")));

        await().until(() -> entities.byKey.containsKey("acme/en1"));
        assertThat(follower.deadBecause()).isEmpty();
        assertThat(follower.isCaughtUp()).isTrue();
    }

    @Test
    void goesOnWhenKafkaDoesNotAnswerWhileItFollows() {
        CountDownLatch seen = new CountDownLatch(1);
        consumer.schedulePollTask(() -> {
            throw new TimeoutException("no answer");
        });
        consumer.schedulePollTask(() -> await().until(() -> seen.getCount() == 0));
        consumer.schedulePollTask(() -> add(0, "acme/en1", entity("en1")));

        follower.start();
        await().untilAsserted(() -> assertThat(follower.behindBecause()).contains("Kafka does not answer: no answer"));
        seen.countDown();

        await().until(() -> entities.byKey.containsKey("acme/en1"));
        await().untilAsserted(() -> assertThat(follower.behindBecause()).isEmpty());
        assertThat(follower.deadBecause()).isEmpty();
    }

    @Test
    void waitsForATopicThatIsNotThereYet() {
        consumer.updatePartitions(ENTITIES, List.of());

        follower.start();
        await().untilAsserted(() -> assertThat(follower.behindBecause())
                .hasValueSatisfying(reason -> assertThat(reason).contains(ENTITIES, "not known")));
        partitions(1);

        await().until(follower::isCaughtUp);
    }

    @Test
    void readsPartitionsThatAreAddedLater() {
        follower.start();
        await().until(follower::isCaughtUp);

        partitions(2);
        consumer.schedulePollTask(() -> {});
        await().until(() -> consumer.assignment().size() == 2);
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(ENTITIES, 1, 0, "acme/en1", entity("en1"))));

        await().until(() -> entities.byKey.containsKey("acme/en1"));
    }

    @Test
    void diesOfAnExceptionOfTheReaderAndSaysSo() {
        entities.bug = true;
        consumer.schedulePollTask(() -> add(0, "acme/en1", entity("en1")));

        follower.start();

        await().untilAsserted(() -> assertThat(follower.deadBecause())
                .contains("following the entities topics broke: java.lang.IllegalStateException: a bug"));
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void diesWhenKafkaRefuses() {
        consumer.schedulePollTask(() ->
                consumer.setPollException(new KafkaException("refused", new TopicAuthorizationException(ENTITIES))));

        follower.start();

        await().untilAsserted(() -> assertThat(follower.deadBecause()).isPresent());
    }

    @Test
    void closesItsConsumerWhetherStartedOrNot() {
        follower.close();

        assertThat(consumer.closed()).isTrue();
    }

    private void partitions(int count) {
        Node node = new Node(1, "localhost", 9092);
        consumer.updatePartitions(
                ENTITIES,
                IntStream.range(0, count)
                        .mapToObj(
                                index -> new PartitionInfo(ENTITIES, index, node, new Node[] {node}, new Node[] {node}))
                        .toList());
        Map<TopicPartition, Long> zeros = new HashMap<>();
        IntStream.range(0, count).forEach(index -> zeros.put(new TopicPartition(ENTITIES, index), 0L));
        consumer.updateBeginningOffsets(zeros);
        consumer.updateEndOffsets(zeros);
    }

    private void endAt(long offset) {
        consumer.updateEndOffsets(Map.of(new TopicPartition(ENTITIES, 0), offset));
    }

    private void add(long offset, @Nullable String key, byte @Nullable [] value) {
        consumer.addRecord(new ConsumerRecord<>(ENTITIES, 0, offset, key, value));
    }

    private byte[] entity(String id) {
        Entity entity = Entity.newBuilder()
                .setTenantId("acme")
                .setEntityId(id)
                .setLabel("web server")
                .setManaged(false)
                .setIpAddresses(Map.of())
                .setMetadata(Map.of())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        return new AvroSerde<>(registry, Entity.class).serializer().serialize(ENTITIES, entity);
    }

    /** What a part would keep of the topic. */
    private static final class Entities implements TopicFollower.Reader {
        private final Map<String, Entity> byKey = new ConcurrentHashMap<>();
        private final CountDownLatch caughtUp = new CountDownLatch(1);
        private volatile long nextOffset;
        private volatile boolean bug;

        @Override
        public void apply(TopicRecord topicRecord) {
            if (bug) {
                throw new IllegalStateException("a bug");
            }
            if (!topicRecord.key().endsWith("en1")) {
                throw new IllegalArgumentException("the key is not that of the value");
            }
            topicRecord
                    .value()
                    .map(Entity.class::cast)
                    .ifPresentOrElse(this::put, () -> byKey.remove(topicRecord.key()));
        }

        @Override
        public void advanced(TopicPartition partition, long next) {
            nextOffset = next;
        }

        @Override
        public void caughtUp() {
            caughtUp.countDown();
        }

        private void put(Entity entity) {
            byKey.put(entity.getTenantId() + "/" + entity.getEntityId(), entity);
        }
    }

    /** A registry that can go away and come back. */
    private static final class LeavingRegistry implements SchemaRegistry {
        private final InMemorySchemaRegistry schemas = new InMemorySchemaRegistry();
        private volatile boolean away;

        @Override
        public int register(String subject, Schema schema) {
            return schemas.register(subject, schema);
        }

        @Override
        public Schema schema(int id) {
            if (away) {
                throw new RegistryUnavailableException("the registry is away", new IOException("refused"));
            }
            return schemas.schema(id);
        }
    }
}
