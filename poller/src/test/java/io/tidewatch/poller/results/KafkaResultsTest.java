package io.tidewatch.poller.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.poller.MemorySchemaRegistry;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the producer that Kafka itself offers for tests. */
class KafkaResultsTest {
    private static final String TOPIC = "tidewatch.check-results";
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int ROOM_BYTES = 2_000;

    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer = new MockProducer<>(
            cluster(), false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
    private final KafkaResults results = results(Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        results.close();
    }

    @Test
    void publishesUnderTheCheck() {
        CheckResult result = result();
        results.start();

        results.accept(result);

        awaitSent(1);
        producer.completeNext();
        ProducerRecord<String, byte[]> record = producer.history().get(0);
        assertThat(record.topic()).isEqualTo(TOPIC);
        assertThat(record.key()).isEqualTo("t/en1/ch1");
        assertThat(new AvroSerde<>(registry, CheckResult.class).deserializer().deserialize(TOPIC, record.value()))
                .isEqualTo(result);
        assertThat(count("published")).isOne();
        assertThat(waitingBytes()).isZero();
        assertThat(results.outage()).isEmpty();
    }

    @Test
    void countsWhatKafkaDoesNotTakeUntilItDoes() {
        results.start();
        results.accept(result());
        awaitSent(1);
        producer.errorNext(new TimeoutException("too old"));

        assertThat(count("dropped")).isOne();
        assertThat(results.outage()).hasValue("results are being dropped: too old");

        results.accept(result());
        awaitSent(2);
        producer.completeNext();

        assertThat(count("published")).isOne();
        assertThat(count("dropped")).isOne();
        assertThat(results.outage()).isEmpty();
    }

    @Test
    void dropsWhatComesWhenThereIsNoMoreRoom() {
        results.accept(result()); // nothing is published before the start
        int size = (int) waitingBytes();

        for (int i = 0; i < ROOM_BYTES / size; i++) {
            results.accept(result());
        }

        assertThat(waitingBytes()).isEqualTo(ROOM_BYTES / size * size);
        assertThat(count("dropped")).isOne();
        assertThat(results.outage()).isPresent();
    }

    @Test
    void dropsWhatHasWaitedTooLong() {
        try (KafkaResults impatient = results(Duration.ZERO)) {
            impatient.accept(result());

            impatient.start();

            await().atMost(DEADLINE).until(() -> count("dropped") == 1);
            assertThat(producer.history()).isEmpty();
        }
    }

    @Test
    void goesOnAfterAFaultOfTheProducer() {
        results.start();
        producer.sendException = new TimeoutException("a fault");

        results.accept(result());

        await().atMost(DEADLINE).until(() -> count("dropped") == 1);
        producer.sendException = null;
        results.accept(result());
        awaitSent(1);
    }

    /** An idempotent producer that was refused once fails every later record, even when the reason is gone. */
    @Test
    void isDeadWhenTheProducerCanNotWriteAnyMore() {
        results.start();
        results.accept(result());
        awaitSent(1);

        producer.errorNext(new ClusterAuthorizationException("refused"));

        assertThat(results.deadBecause().orElseThrow()).contains("refused");
    }

    @Test
    void isDeadWhenItsThreadBroke() {
        results.start();
        producer.sendException = new IllegalArgumentException("a bug");

        results.accept(result());

        await().atMost(DEADLINE).until(() -> results.deadBecause().isPresent());
        assertThat(results.deadBecause()).hasValue("publishing results broke: " + producer.sendException);
    }

    @Test
    void livesOnWhileKafkaIsAway() {
        results.start();
        results.accept(result());
        awaitSent(1);

        producer.errorNext(new TimeoutException("away"));

        assertThat(results.deadBecause()).isEmpty();
        assertThat(results.outage()).isPresent();
    }

    @Test
    void dropsAResultThatCanNotBeWritten() {
        CheckResult broken = result();
        broken.setStatus(null);

        results.accept(broken);

        assertThat(count("dropped")).isOne();
        assertThat(waitingBytes()).isZero();
    }

    @Test
    void doesNotStartWithoutARegistry() {
        registry.setAway(true);

        assertThatThrownBy(results::start).isInstanceOf(RegistryUnavailableException.class);

        registry.setAway(false);
        results.start();
    }

    private KafkaResults results(Duration kept) {
        return new KafkaResults(producer, TopicNames.withDefaultPrefix(), registry, metrics, ROOM_BYTES, kept);
    }

    private void awaitSent(int count) {
        await().atMost(DEADLINE).until(() -> producer.history().size() == count);
    }

    private double waitingBytes() {
        return metrics.get("tidewatch.poller.results.waiting").gauge().value();
    }

    private double count(String what) {
        return metrics.counter("tidewatch.poller.results." + what).count();
    }

    private static CheckResult result() {
        return new Collector("mzdfw", "host-1")
                .result(
                        new CheckPath("t", "en1", "ch1"),
                        "remote.tcp",
                        Instant.EPOCH,
                        Outcome.failed(FailureKind.CONNECT_REFUSED, "connection refused"));
    }

    private static Cluster cluster() {
        Node node = new Node(0, "localhost", 9092);
        Node[] nodes = {node};
        return new Cluster(
                "cluster", List.of(node), List.of(new PartitionInfo(TOPIC, 0, node, nodes, nodes)), Set.of(), Set.of());
    }
}
