package io.tidewatch.streams.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.Alarm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileAheadTest {
    private static final TopicPartition ALARMS = new TopicPartition("alarms", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SLOW = "if (metric['n'] > 5) { return CRITICAL }";

    private final MockConsumer<String, Alarm> consumer = new MockConsumer<>("earliest");
    private final List<String> compiled = new CopyOnWriteArrayList<>();
    private final AtomicBoolean atWork = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final KnownCriteria known;
    private final CompileAhead ahead;

    CompileAheadTest(@TempDir Path stateDir) {
        known = new KnownCriteria(stateDir);
        ahead = new CompileAhead(compiled::add, known, this::isAtWork, consumer);
        consumer.assign(List.of(ALARMS));
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
        known.write(List.of(SLOW, "return WARNING"));
        publish(0, SLOW);
        publish(1, "return OK");

        ahead.start();

        assertThat(ahead.awaitHeadStart(PATIENCE)).isTrue();
        assertThat(compiled).containsExactly(SLOW, "return WARNING");
        atWork.set(true);
        await().until(() -> !known.read().contains("return WARNING"));
        assertThat(compiled).containsExactly(SLOW, "return WARNING", "return OK");
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

    private void publish(long offset, @Nullable String criteria) {
        consumer.addRecord(new ConsumerRecord<>("alarms", 0, offset, "key", alarm(criteria)));
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
