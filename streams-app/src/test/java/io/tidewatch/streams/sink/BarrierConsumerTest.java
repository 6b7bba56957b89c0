package io.tidewatch.streams.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the consumer does before it would ask a broker; there is none. */
final class BarrierConsumerTest {
    private static final TopicPartition ONE = new TopicPartition("results", 1);
    private static final TopicPartition TWO = new TopicPartition("results", 2);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final WriteBarrier barrier = new WriteBarrier(
            new WriteBarrier.Limits(1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            failure -> false,
            timer,
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    private final ControlledInsert<String> insert = new ControlledInsert<>();
    private final ControlledInsert<String> collecting =
            new ControlledInsert<>(record -> Optional.of("one partition of Cassandra"));
    private final BarrierConsumer consumer = new BarrierConsumer(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1", ConsumerConfig.GROUP_ID_CONFIG, "sink"),
            barrier,
            () -> Duration.ofMillis(10),
            offsets -> {});

    @BeforeEach
    void assign() {
        consumer.assign(List.of(ONE, TWO));
    }

    @AfterEach
    void end() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        timer.shutdownNow();
    }

    @Test
    void putsACommitOffWhileARowIsUnacknowledged() {
        fill();

        assertThatThrownBy(() -> consumer.commitSync(Map.of(ONE, new OffsetAndMetadata(7))))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("1 writes on their way");
    }

    @Test
    void fetchesNothingWhileTooManyWritesAreOnTheirWay() {
        fill();

        consumer.poll(Duration.ofMillis(1));
        assertThat(consumer.paused()).containsExactlyInAnyOrder(ONE, TWO);

        drain();
        consumer.poll(Duration.ZERO);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void leavesToStreamsWhatStreamsHasPaused() {
        consumer.pause(List.of(TWO));
        fill();
        consumer.poll(Duration.ofMillis(1));

        drain();
        consumer.poll(Duration.ZERO);

        assertThat(consumer.paused()).containsExactly(TWO);
    }

    @Test
    void obeysAResumeOfStreamsOnlyWhenThereIsRoom() {
        consumer.pause(List.of(TWO));
        fill();
        consumer.poll(Duration.ofMillis(1));

        consumer.resume(List.of(TWO));
        assertThat(consumer.paused()).containsExactlyInAnyOrder(ONE, TWO);

        drain();
        consumer.poll(Duration.ZERO);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void holdsAPartitionThatCameWhileItHolds() {
        fill();
        consumer.poll(Duration.ofMillis(1));
        TopicPartition three = new TopicPartition("results", 3);
        consumer.assign(List.of(ONE, three));

        consumer.poll(Duration.ofMillis(1));

        assertThat(consumer.paused()).containsExactlyInAnyOrder(ONE, three);
    }

    @Test
    void sendsWhatIsCollectedBeforeItWaitsForRoom() {
        fillWith(collecting);
        assertThat(collecting.attempts()).isEmpty();

        consumer.poll(Duration.ofMillis(1));

        assertThat(collecting.attempts()).hasSize(1);
        assertThat(consumer.paused()).containsExactlyInAnyOrder(ONE, TWO);
    }

    @Test
    void sendsWhatIsCollectedBeforeItWaitsForACommit() {
        fillWith(collecting);

        assertThatThrownBy(() -> consumer.commitSync(Map.of(ONE, new OffsetAndMetadata(7))))
                .isInstanceOf(TimeoutException.class);

        assertThat(collecting.attempts()).hasSize(1);
    }

    private void fill() {
        fillWith(insert);
    }

    private void fillWith(Insert<String> insert) {
        barrier.write(ONE, insert, insert.of(new Consumed<>("key", "a", 0)), new WriteBarrier.Outcome() {
            @Override
            public void acknowledged() {}

            @Override
            public void rejected(Throwable reason, Runnable settle) {}
        });
    }

    private void drain() {
        insert.attempts().get(0).outcome().complete(null);
    }
}
