package io.tidewatch.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.Samples;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaRecordLogTest {
    private static final TopicNames NAMES = TopicNames.withDefaultPrefix();
    private static final LogEntry ALARM = Samples.put(Samples.alarm("en1", "ch1", "al1"));
    private static final int CHECKS_PARTITION = new CheckPath("acme", "en1", "ch1").partition(6);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Test
    void sendsAnAlarmAndItsTombstoneToThePartitionOfItsCheck() {
        MockProducer<String, byte[]> producer = producer(true);

        Map<TopicPartition, Long> offsets = log(producer, 1_000).append(List.of(ALARM, ALARM.tombstone()));

        assertThat(offsets).isEqualTo(Map.of(new TopicPartition("tidewatch.alarms", CHECKS_PARTITION), 2L));
        assertThat(producer.history()).extracting(ProducerRecord::partition).containsOnly(CHECKS_PARTITION);
        assertThat(producer.history()).extracting(ProducerRecord::key).containsOnly("acme/en1/al1");
        assertThat(producer.history().get(0).value()).startsWith(0, 0, 0, 0, 0);
        assertThat(producer.history().get(1).value()).isNull();
    }

    @Test
    void leavesThePartitionOfAnEntityToItsKey() {
        MockProducer<String, byte[]> producer = producer(true);

        log(producer, 1_000).append(List.of(Samples.put(Samples.entity("en1"))));

        assertThat(producer.history().get(0).partition()).isNull();
    }

    @Test
    void returnsOnlyWhenEveryRecordIsAcknowledged() throws Exception {
        MockProducer<String, byte[]> producer = producer(false);
        CompletableFuture<Map<TopicPartition, Long>> appended =
                CompletableFuture.supplyAsync(() -> log(producer, 30_000).append(List.of(ALARM, ALARM)));
        Awaitility.await().until(() -> producer.history().size() == 2);

        producer.completeNext();
        assertThat(appended).isNotDone();
        producer.completeNext();

        assertThat(appended.get(30, TimeUnit.SECONDS).values()).containsExactly(2L);
    }

    @Test
    void givesUpWhenOneOfSeveralIsRefused() {
        MockProducer<String, byte[]> producer = producer(false);
        CompletableFuture<Map<TopicPartition, Long>> appended =
                CompletableFuture.supplyAsync(() -> log(producer, 30_000).append(List.of(ALARM, ALARM)));
        Awaitility.await().until(() -> producer.history().size() == 2);

        producer.completeNext();
        producer.errorNext(new NotEnoughReplicasException("one of two"));

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogUnavailableException.class);
    }

    @Test
    void givesUpWhenKafkaSaysNothing() {
        assertThatThrownBy(() -> log(producer(false), 50).append(List.of(ALARM)))
                .isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void sendsNoMoreOnceARecordCouldNotBeHandedOver() {
        MockProducer<String, byte[]> producer = producer(true);
        producer.sendException = new KafkaException("no metadata");

        assertThatThrownBy(() -> log(producer, 1_000).append(List.of(ALARM, ALARM)))
                .isInstanceOf(LogUnavailableException.class);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void isUnavailableWhileTheRegistryIs() {
        registry.goAway();

        assertThatThrownBy(() -> log(producer(true), 1_000).append(List.of(ALARM)))
                .isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void tellsARecordThatIsTooLarge() {
        MockProducer<String, byte[]> producer = producer(true);
        producer.sendException = new RecordTooLargeException("1 MiB");

        assertThatThrownBy(() -> log(producer, 1_000).append(List.of(ALARM)))
                .isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void livesOnAfterWhatMayPass() {
        MockProducer<String, byte[]> producer = producer(false);
        KafkaRecordLog log = log(producer, 30_000);
        CompletableFuture<?> appended = CompletableFuture.supplyAsync(() -> log.append(List.of(ALARM)));
        Awaitility.await().until(() -> producer.history().size() == 1);

        producer.errorNext(new NotEnoughReplicasException("one of two"));

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogUnavailableException.class);
        assertThat(log.deadBecause()).isEmpty();
    }

    @Test
    void isDeadWhenTheProducerIsRefusedItsId() {
        MockProducer<String, byte[]> producer = producer(false);
        KafkaRecordLog log = log(producer, 30_000);
        CompletableFuture<?> appended = CompletableFuture.supplyAsync(() -> log.append(List.of(ALARM)));
        Awaitility.await().until(() -> producer.history().size() == 1);

        producer.errorNext(new ClusterAuthorizationException("no idempotent writes"));

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogUnavailableException.class);
        assertThat(log.deadBecause())
                .hasValueSatisfying(reason -> assertThat(reason).contains("no idempotent writes"));
    }

    @Test
    void isDeadWhenTheProducerWasClosed() {
        MockProducer<String, byte[]> producer = producer(true);
        KafkaRecordLog log = log(producer, 1_000);
        producer.close();

        assertThatThrownBy(() -> log.append(List.of(ALARM))).isInstanceOf(LogUnavailableException.class);
        assertThat(log.deadBecause()).isPresent();
    }

    @Test
    void isDeadWhenTheProducerNeitherAcknowledgesNorGivesUp() {
        KafkaRecordLog log = log(producer(false), 50);

        assertThatThrownBy(() -> log.append(List.of(ALARM))).isInstanceOf(LogUnavailableException.class);

        assertThat(log.deadBecause()).isEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(log.deadBecause())
                        .hasValueSatisfying(reason -> assertThat(reason).contains("I/O thread")));
    }

    private KafkaRecordLog log(MockProducer<String, byte[]> producer, int patienceMs) {
        return new KafkaRecordLog(producer, registry, NAMES, Duration.ofMillis(patienceMs));
    }

    private static MockProducer<String, byte[]> producer(boolean acknowledgesAtOnce) {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> partitions = Topic.PARTITIONED_BY_CHECK.stream()
                .flatMap(topic -> IntStream.range(0, 6)
                        .mapToObj(partition -> new PartitionInfo(
                                NAMES.of(topic), partition, node, new Node[] {node}, new Node[] {node})))
                .toList();
        Cluster cluster = new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
        return new MockProducer<>(
                cluster,
                acknowledgesAtOnce,
                new RoundRobinPartitioner(),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
