package io.tidewatch.streams.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.schema.Alarm;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileAheadTest {
    private static final TopicNames NAMES = TopicNames.withDefaultPrefix();
    private static final TopicPartition ALARMS = new TopicPartition(NAMES.of(Topic.ALARMS), 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BREAKING = "return WARNING";
    private static final String SLOW = "if (metric['n'] > 5) { return CRITICAL }";

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final List<String> compiled = new CopyOnWriteArrayList<>();
    private final AtomicBoolean atWork = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final KnownCriteria known;
    private final CompileAhead ahead;

    CompileAheadTest(@TempDir Path stateDir) {
        known = new KnownCriteria(stateDir);
        ahead = new CompileAhead(
                (tenant, criteria) -> compile(criteria),
                known,
                this::isAtWork,
                reader -> new TopicFollower(
                        "criteria",
                        consumer,
                        registry,
                        NAMES,
                        List.of(Topic.ALARMS),
                        reader,
                        new SimpleMeterRegistry()));
        Node node = new Node(1, "localhost", 9092);
        Node[] nodes = {node};
        consumer.updatePartitions(
                ALARMS.topic(), List.of(new PartitionInfo(ALARMS.topic(), ALARMS.partition(), node, nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(ALARMS, 0L));
        consumer.updateEndOffsets(Map.of(ALARMS, 4L));
    }

    @AfterEach
    void close() {
        ahead.close();
    }

    @Test
    void readsTheTopicAtOnceWhenNothingIsKnown() {
        publish(0, SLOW);
        publish(1, SLOW.replace("5", "17"));
        publish(2, "return OK");
        publish(3, null);

        ahead.start();

        assertThat(ahead.awaitHeadStart(PATIENCE)).isTrue();
        assertThat(compiled).containsExactly(SLOW, "return OK");
        await().until(() -> known.read().size() == 2);
        assertThat(known.read()).containsExactlyInAnyOrder(SLOW, "return OK");
    }

    @Test
    void beginsWithWhatIsKnownAndReadsTheTopicOnceAtWork() {
        known.write(List.of(SLOW, "return CRITICAL"));
        publish(0, SLOW);
        publish(1, "return OK");
        publish(2, null);
        publish(3, null);

        ahead.start();

        assertThat(ahead.awaitHeadStart(PATIENCE)).isTrue();
        assertThat(compiled).containsExactly(SLOW, "return CRITICAL");
        atWork.set(true);
        await().until(() -> !known.read().contains("return CRITICAL"));
        assertThat(compiled).containsExactly(SLOW, "return CRITICAL", "return OK");
        assertThat(known.read()).containsExactlyInAnyOrder(SLOW, "return OK");
    }

    @Test
    void hasNoHeadStartBeforeTheTopicIsRead() {
        publish(0, SLOW);

        ahead.start();

        await().until(() -> compiled.equals(List.of(SLOW)));
        assertThat(ahead.awaitHeadStart(Duration.ofMillis(10))).isFalse();
    }

    @Test
    void goesOnAfterAnAbsenceOfTheBroker() {
        consumer.setOffsetsException(new TimeoutException("no answer"));
        publish(0, SLOW);
        consumer.schedulePollTask(() -> {
            throw new TimeoutException("no answer");
        });
        publish(1, "return OK");
        publish(2, null);
        publish(3, null);

        ahead.start();

        assertThat(ahead.awaitHeadStart(PATIENCE)).isTrue();
        assertThat(compiled).containsExactly(SLOW, "return OK");
    }

    @Test
    void goesOnAfterACriteriaThatBreaksTheCompiler() {
        publish(0, BREAKING);
        publish(1, SLOW);
        publish(2, null);
        publish(3, null);

        ahead.start();

        assertThat(ahead.awaitHeadStart(PATIENCE)).isTrue();
        assertThat(compiled).containsExactly(SLOW);
    }

    @Test
    void holdsNobodyUpWhenItHasBroken() {
        consumer.schedulePollTask(() -> {
            throw new KafkaException("refused", new TopicAuthorizationException(ALARMS.topic()));
        });

        ahead.start();

        assertThat(ahead.awaitHeadStart(PATIENCE)).isTrue();
        assertThat(compiled).isEmpty();
    }

    @Test
    void canBeClosedBeforeTheApplicationIsAtWork() {
        known.write(List.of(SLOW));
        ahead.start();
        await().untilTrue(asked);

        ahead.close();

        await().until(consumer::closed);
    }

    private boolean isAtWork() {
        asked.set(true);
        return atWork.get();
    }

    private void compile(String criteria) {
        if (criteria.equals(BREAKING)) {
            throw new IllegalStateException("the compiler breaks");
        }
        compiled.add(criteria);
    }

    /** The mock takes a record only once its partition is assigned, which is when it is polled. */
    private void publish(long offset, @Nullable String criteria) {
        byte[] alarm = new AvroSerde<>(registry, Alarm.class).serializer().serialize(ALARMS.topic(), alarm(criteria));
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(ALARMS.topic(), 0, offset, "acme/en1/al1", alarm)));
    }

    private static Alarm alarm(@Nullable String criteria) {
        return Alarm.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setAlarmId("al1")
                .setCheckId("ch1")
                .setCriteria(criteria)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }
}
