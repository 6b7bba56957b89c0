package io.tidewatch.streams.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WriteBarrierTest {
    private static final TopicPartition ONE = new TopicPartition("results", 1);
    private static final TopicPartition TWO = new TopicPartition("results", 2);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final WriteBarrier barrier = new WriteBarrier(
            new WriteBarrier.Limits(2, Duration.ofMillis(1), Duration.ofMillis(4)),
            IllegalStateException.class::isInstance,
            timer,
            new MovedClock(now),
            meters);
    private final ControlledInsert<String> insert = new ControlledInsert<>();
    /** Records that begin with a partition of Cassandra and a blank. */
    private final ControlledInsert<String> collecting =
            new ControlledInsert<>(record -> Optional.of(record.substring(0, record.indexOf(' '))));

    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile Optional<Runnable> settle = Optional.empty();

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void holdsTheCommitOfAPartitionUntilItsOwnWritesAreAcknowledged() throws InterruptedException {
        write(ONE, "a");
        write(ONE, "b");

        assertThat(barrier.awaitAcknowledged(List.of(TWO), Duration.ZERO)).isTrue();
        assertThat(barrier.awaitAcknowledged(List.of(ONE, TWO), Duration.ofMillis(5)))
                .isFalse();

        acknowledge(0);
        assertThat(barrier.awaitAcknowledged(List.of(ONE), Duration.ofMillis(5)))
                .isFalse();
        CompletableFuture<Boolean> committed = CompletableFuture.supplyAsync(() -> awaitAcknowledged(ONE));
        acknowledge(1);
        assertThat(committed.join()).isTrue();
        assertThat(acknowledged).hasValue(2);
    }

    @Test
    void hasRoomForLessThanItsLimit() throws InterruptedException {
        write(ONE, "a");
        assertThat(barrier.awaitRoom(Duration.ZERO)).isTrue();

        write(TWO, "b");
        assertThat(barrier.awaitRoom(Duration.ofMillis(5))).isFalse();

        acknowledge(0);
        assertThat(barrier.awaitRoom(Duration.ZERO)).isTrue();
    }

    /** Writes of the largest results, as many as of usual ones, once took more memory than the process has. */
    @Test
    void hasRoomForLessThanItsLimitOfBytes() throws InterruptedException {
        insert.bytesARow(WriteBarrier.MAX_BYTES_IN_FLIGHT - 1);
        write(ONE, "a");
        assertThat(barrier.awaitRoom(Duration.ofMillis(5))).isTrue();
        acknowledge(0);

        insert.bytesARow(WriteBarrier.MAX_BYTES_IN_FLIGHT);
        write(ONE, "b");
        assertThat(barrier.awaitRoom(Duration.ofMillis(5))).isFalse();

        acknowledge(1);
        assertThat(barrier.awaitRoom(Duration.ofMillis(5))).isTrue();
    }

    @Test
    void sendsAWriteThatFailedUntilItIsAcknowledged() throws InterruptedException {
        write(ONE, "a");

        for (int failure = 0; failure < 5; failure++) {
            int attempts = failure + 1;
            insert.attempts().get(failure).outcome().completeExceptionally(new RuntimeException("no node"));
            await().until(() -> insert.attempts().size() == attempts + 1);
            assertThat(barrier.awaitAcknowledged(List.of(ONE), Duration.ZERO)).isFalse();
            assertThat(barrier.failure())
                    .hasValueSatisfying(reason -> assertThat(reason).hasMessage("no node"));
        }
        acknowledge(5);

        assertThat(barrier.failure()).isEmpty();
        assertThat(barrier.awaitAcknowledged(List.of(ONE), Duration.ZERO)).isTrue();
        assertThat(acknowledged).hasValue(1);
        assertThat(meters.counter("tidewatch.sink.write.retries").count()).isEqualTo(5);
    }

    @Test
    void keepsARejectedWriteInFlightUntilItsRecordIsPutAside() throws InterruptedException {
        write(ONE, "a");

        insert.attempts().get(0).outcome().completeExceptionally(new IllegalStateException("too large"));

        assertThat(barrier.awaitAcknowledged(List.of(ONE), LONG))
                .as("gives up at once: the waiting thread is the one that would put it aside")
                .isFalse();
        settle.orElseThrow().run();
        assertThat(barrier.awaitAcknowledged(List.of(ONE), Duration.ZERO)).isTrue();
        assertThat(barrier.inFlight()).isZero();
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void retriesAWriteThatCouldNotEvenBeSent() {
        AtomicInteger attempts = new AtomicInteger();
        barrier.write(ONE, new ClosedUntil(attempts, 3), SimpleStatement.newInstance("INSERT"), outcome());

        assertThat(awaitAcknowledged(ONE)).isTrue();
        assertThat(attempts).hasValue(3);
    }

    @Test
    void tellsTheAgeOfTheOldestWriteThatIsOnItsWay() {
        assertThat(barrier.oldestAge()).isZero();
        write(ONE, "a");
        now.set(Instant.EPOCH.plusSeconds(7));
        write(ONE, "b");
        now.set(Instant.EPOCH.plusSeconds(10));

        assertThat(barrier.oldestAge()).isEqualTo(Duration.ofSeconds(10));
        assertThat(meters.get("tidewatch.sink.oldest.unacknowledged.seconds")
                        .gauge()
                        .value())
                .isEqualTo(10);
        assertThat(meters.get("tidewatch.sink.writes.in.flight").gauge().value())
                .isEqualTo(2);
        acknowledge(0);
        assertThat(barrier.oldestAge()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void collectsRowsOfOnePartitionUntilAnotherComes() {
        write(ONE, "p1 a");
        write(ONE, "p1 b");
        assertThat(collecting.requests()).isEmpty();
        assertThat(barrier.inFlight()).as("collected is on its way").isEqualTo(2);

        write(ONE, "p2 c");

        assertThat(collecting.requests()).containsExactly(List.of("p1 a", "p1 b"));
        barrier.sendPending();
        assertThat(collecting.requests()).containsExactly(List.of("p1 a", "p1 b"), List.of("p2 c"));
    }

    @Test
    void sendsABatchThatIsFull() {
        for (int row = 0; row < 33; row++) {
            write(ONE, "p1 " + row);
        }

        assertThat(collecting.requests())
                .singleElement()
                .satisfies(batch ->
                        assertThat(batch).hasSize(32).startsWith("p1 0").endsWith("p1 31"));
        assertThat(barrier.inFlight()).isEqualTo(33);
    }

    @Test
    void collectsForEachSourceByItself() {
        write(ONE, "p1 a");
        write(TWO, "p2 b");
        write(ONE, "p1 c");

        barrier.sendPending();

        assertThat(collecting.requests()).containsExactlyInAnyOrder(List.of("p1 a", "p1 c"), List.of("p2 b"));
    }

    @Test
    void holdsTheCommitForEveryRowOfABatch() throws InterruptedException {
        write(ONE, "p1 a");
        write(ONE, "p1 b");
        barrier.sendPending();
        assertThat(barrier.awaitAcknowledged(List.of(ONE), Duration.ZERO)).isFalse();

        collecting.attempts().get(0).outcome().complete(null);

        assertThat(barrier.awaitAcknowledged(List.of(ONE), Duration.ZERO)).isTrue();
        assertThat(acknowledged).hasValue(2);
    }

    @Test
    void sendsARefusedBatchAgainRowByRow() {
        write(ONE, "p1 good");
        write(ONE, "p1 bad");
        barrier.sendPending();

        collecting.attempts().get(0).outcome().completeExceptionally(new IllegalStateException("too large"));
        assertThat(collecting.requests())
                .containsExactly(List.of("p1 good", "p1 bad"), List.of("p1 good"), List.of("p1 bad"));
        collecting.attempts().get(1).outcome().complete(null);
        collecting.attempts().get(2).outcome().completeExceptionally(new IllegalStateException("too large"));

        assertThat(acknowledged).hasValue(1);
        assertThat(barrier.inFlight())
                .as("only the bad row waits to be put aside")
                .isEqualTo(1);
        assertThat(meters.counter("tidewatch.sink.rows.rejected").count()).isEqualTo(1);
        settle.orElseThrow().run();
        assertThat(barrier.inFlight()).isZero();
    }

    @Test
    void retriesABatchAsAWhole() {
        write(ONE, "p1 a");
        write(ONE, "p1 b");
        barrier.sendPending();

        collecting.attempts().get(0).outcome().completeExceptionally(new RuntimeException("no node"));

        await().until(() -> collecting.attempts().size() == 2);
        assertThat(collecting.requests().get(1)).containsExactly("p1 a", "p1 b");
    }

    private void write(TopicPartition source, String record) {
        ControlledInsert<String> into = record.startsWith("p") ? collecting : insert;
        barrier.write(source, into, into.of(new Consumed<>("key", record, 0)), outcome());
    }

    private void acknowledge(int attempt) {
        insert.attempts().get(attempt).outcome().complete(null);
    }

    private boolean awaitAcknowledged(TopicPartition source) {
        try {
            return barrier.awaitAcknowledged(List.of(source), LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private WriteBarrier.Outcome outcome() {
        return new WriteBarrier.Outcome() {
            @Override
            public void acknowledged() {
                acknowledged.incrementAndGet();
            }

            @Override
            public void rejected(Throwable reason, Runnable settled) {
                settle = Optional.of(settled);
            }
        };
    }

    private record ClosedUntil(AtomicInteger attempts, int open) implements Insert<String> {
        @Override
        public String table() {
            return "closed";
        }

        @Override
        public SimpleStatement of(Consumed<String> record) {
            return SimpleStatement.newInstance("INSERT");
        }

        @Override
        public CompletionStage<String> send(List<? extends BatchableStatement<?>> statements) {
            if (attempts.incrementAndGet() < open) {
                throw new UnsupportedOperationException("session closed");
            }
            return CompletableFuture.completedFuture("row");
        }
    }

    private static final class MovedClock extends Clock {
        private final AtomicReference<Instant> now;

        MovedClock(AtomicReference<Instant> now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
