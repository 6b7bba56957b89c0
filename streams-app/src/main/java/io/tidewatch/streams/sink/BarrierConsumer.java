package io.tidewatch.streams.sink;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The main consumer of a stream thread of the sink: commits an offset only when every row it stands for is in Cassandra,
 * and fetches no records while too many writes are on their way. Processors only ever issue writes, so that the thread
 * polls on, and keeps its partitions, with Cassandra away for however long.
 *
 * <p><b>What this rests on</b>, read in the sources of Kafka Streams 4.3.1 for at-least-once, the classic group protocol and
 * no processing threads:
 *
 * <ul>
 *   <li>Every commit of offsets is {@code TaskExecutor.commitOffsetsOrTransaction} → {@code
 *       TaskManager.consumerCommitSync} → {@code commitSync(Map)} of this consumer; there is no other call that commits.
 *       The offsets are those of records whose {@code process} has returned ({@code StreamTask.process} enters them
 *       into {@code consumedOffsets} after it), so that their writes are known to the barrier.
 *   <li>Before that, {@code StreamTask.prepareCommit} flushes the producer: a dead letter is in Kafka before the offset of
 *       its record is committed.
 *   <li>At a regular commit, {@code TaskManager.commit} catches {@link TimeoutException} and starts the task's timeout;
 *       {@code commitNeeded} stays, and the next round tries again. Without exactly-once, tasks go on processing in
 *       between. {@code task.timeout.ms} must be large; but {@code AbstractTask.maybeInitTaskTimeoutOrThrow} adds it to
 *       the time of day, so that {@code Long.MAX_VALUE} overflows and fails at the second time-out.
 *   <li>At a revocation, {@code TaskManager.handleRevocation} catches it, closes the tasks as dirty and revives them
 *       without touching committed offsets; the partition's next owner reads the records again.
 *   <li>At a close, {@code TaskManager.tryCloseCleanActiveTasks} catches it and closes the tasks as dirty; the offsets stay
 *       as they were, and the next start reads the records again. {@code StreamThread.completeShutdown} logs it as an
 *       error and goes on.
 *   <li>A thread that dies closes its tasks as dirty and commits nothing.
 *   <li>Streams pauses partitions of its own: those whose buffer is full ({@code StreamTask.addRecords}), those of tasks
 *       that are not running yet ({@code TaskManager.handleRebalanceComplete}, inside {@code poll}) and those to be reset
 *       ({@code StreamTask.addPartitionsForOffsetReset}). It resumes each by name and never asks which ones are paused,
 *       so that this class keeps its wishes and its own apart.
 *   <li>{@code StreamThread.pollPhase} takes an empty poll as it comes; punctuations and commits follow as ever.
 * </ul>
 */
final class BarrierConsumer extends KafkaConsumer<byte[], byte[]> {
    private final WriteBarrier barrier;
    private final Supplier<Duration> commitPatience;
    private final Consumer<Map<TopicPartition, OffsetAndMetadata>> committed;
    private final Set<TopicPartition> pausedByStreams = new HashSet<>();
    private boolean holding;

    /**
     * @param commitPatience how long a commit waits for acknowledgements before it is put off
     * @param committed told of offsets that are committed
     */
    BarrierConsumer(
            Map<String, Object> config,
            WriteBarrier barrier,
            Supplier<Duration> commitPatience,
            Consumer<Map<TopicPartition, OffsetAndMetadata>> committed) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.barrier = barrier;
        this.commitPatience = commitPatience;
        this.committed = committed;
    }

    /**
     * @throws TimeoutException when rows are still unacknowledged; Streams commits later
     */
    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Duration patience = commitPatience.get();
        barrier.sendPending();
        try {
            if (!barrier.awaitAcknowledged(offsets.keySet(), patience)) {
                throw new TimeoutException(
                        "Offsets are not committed yet: Cassandra has not acknowledged all their rows ("
                                + barrier.inFlight() + " writes on their way)");
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        super.commitSync(offsets);
        committed.accept(offsets);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        barrier.sendPending();
        try {
            if (barrier.awaitRoom(timeout)) {
                release();
                return super.poll(timeout);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        hold();
        return super.poll(Duration.ZERO);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedByStreams.addAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        pausedByStreams.removeAll(partitions);
        if (!holding) {
            super.resume(partitions);
        }
    }

    private void hold() {
        holding = true;
        super.pause(assignment());
    }

    private void release() {
        if (holding) {
            holding = false;
            pausedByStreams.retainAll(assignment());
            Set<TopicPartition> free = new HashSet<>(assignment());
            free.removeAll(pausedByStreams);
            super.resume(free);
        }
    }
}
