package io.tidewatch.streams.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.deadletters.DeadLetter;
import io.tidewatch.serde.OversizedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Issues the write of each record and goes on; {@link WriteBarrier} sees to the rest. What Cassandra will never take is
 * forwarded to {@code dead-letters}: its value is written anew in the registry's format, because Kafka Streams does not show
 * a processor the source's bytes.
 *
 * <p>One instance belongs to one stream task and its thread; only outcomes come from other threads.
 *
 * @param <V> the record
 */
public final class WriteRows<V> extends ContextualProcessor<String, V, byte[], byte[]> {
    private static final Duration PUT_REJECTED_ASIDE_EVERY = Duration.ofMillis(500);

    private final String node;
    private final Insert<V> insert;
    private final WriteBarrier barrier;
    private final Serializer<V> serializer;
    private final MeterRegistry meters;
    private final Counter rowsWritten;
    private final Queue<Rejected<V>> rejected = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /**
     * @param node this processor's name, the stage of its dead letters
     * @param serializer of the source's values, for dead letters
     */
    public WriteRows(
            String node, Insert<V> insert, WriteBarrier barrier, Serializer<V> serializer, MeterRegistry meters) {
        this.node = node;
        this.insert = insert;
        this.barrier = barrier;
        this.serializer = serializer;
        this.meters = meters;
        this.rowsWritten = meters.counter("tidewatch.sink.rows.written", "table", insert.table());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        context.schedule(PUT_REJECTED_ASIDE_EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> putRejectedAside(nowMs));
    }

    /**
     * @throws io.tidewatch.runtime.deadletters.BadRecordException when the record can't be a row
     */
    @Override
    public void process(Record<String, V> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        Consumed<V> consumed = new Consumed<>(record.key(), record.value(), origin.offset());
        if (!insert.isKnown(consumed)) {
            barrier.write(
                    new TopicPartition(origin.topic(), origin.partition()),
                    insert,
                    insert.of(consumed),
                    new OutcomeOf(record, consumed, origin));
        }
    }

    /** What is rejected from now on is not put aside: its offset is uncommitted, and its next reader finds out anew. */
    @Override
    public void close() {
        closed = true;
        settleUnseen();
    }

    private void settleUnseen() {
        for (Rejected<V> write = rejected.poll(); write != null; write = rejected.poll()) {
            write.settle().run();
        }
    }

    private void putRejectedAside(long nowMs) {
        for (Rejected<V> write = rejected.poll(); write != null; write = rejected.poll()) {
            forward(write, nowMs);
            write.settle().run();
        }
    }

    private void forward(Rejected<V> write, long nowMs) {
        RecordMetadata origin = write.origin();
        Record<String, V> record = write.record();
        DeadLetter letter = new DeadLetter(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                record.timestamp(),
                context().applicationId(),
                node,
                write.reason().getClass().getName(),
                "Cassandra refuses the row: " + write.reason().getMessage());
        letter.count(meters);
        context()
                .forward(new Record<>(
                        bytes(record.key()), bytes(origin.topic(), record.value()), nowMs, letter.headers()));
    }

    /** A key may be missing: nobody but a producer decides. */
    private static byte @Nullable [] bytes(@Nullable String key) {
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    /** None where it can't be written anew, because it was larger than what we write; the headers say where it is. */
    private byte @Nullable [] bytes(String topic, V value) {
        try {
            return serializer.serialize(topic, value);
        } catch (OversizedRecordException e) {
            return null;
        }
    }

    private record Rejected<V>(Record<String, V> record, RecordMetadata origin, Throwable reason, Runnable settle) {}

    private final class OutcomeOf implements WriteBarrier.Outcome {
        private final Record<String, V> record;
        private final Consumed<V> consumed;
        private final RecordMetadata origin;

        OutcomeOf(Record<String, V> record, Consumed<V> consumed, RecordMetadata origin) {
            this.record = record;
            this.consumed = consumed;
            this.origin = origin;
        }

        @Override
        public void acknowledged() {
            rowsWritten.increment();
            insert.acknowledged(consumed);
        }

        @Override
        public void rejected(Throwable reason, Runnable settle) {
            rejected.add(new Rejected<>(record, origin, reason, settle));
            if (closed) {
                settleUnseen();
            }
        }
    }
}
