package io.tidewatch.runtime.quarantine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A processor of a topology, watched while it has a record. Confined to its stream task's thread, as any processor. */
final class GuardedProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
    private final String node;
    private final Processor<KIn, VIn, KOut, VOut> inner;
    private final Quarantine quarantine;
    private final Failures failures;
    private @Nullable ProcessorContext<KOut, VOut> context;
    private @Nullable Watch watch;
    private @Nullable CompletableFuture<Void> ledger;

    GuardedProcessor(String node, Processor<KIn, VIn, KOut, VOut> inner, Quarantine quarantine, Failures failures) {
        this.node = node;
        this.inner = inner;
        this.quarantine = quarantine;
        this.failures = failures;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> processorContext) {
        context = processorContext;
        ledger = failures.read();
        watch = quarantine.watchOfThisThread();
        inner.init(processorContext);
    }

    /**
     * @throws RecordGivenUpException when the record has made its task fail too often
     */
    @Override
    public void process(Record<KIn, VIn> record) {
        RecordMetadata origin = Objects.requireNonNull(context).recordMetadata().orElseThrow();
        awaitLedger();
        if (!failures.areNone()) {
            failures.requireInnocent(suspect(origin, record));
        }
        process(record, origin, Objects.requireNonNull(watch));
    }

    @Override
    public void close() {
        inner.close();
    }

    private void process(Record<KIn, VIn> record, RecordMetadata origin, Watch current) {
        String outer = current.enter(node, origin, record.timestamp());
        try {
            inner.process(record);
        } catch (ClassCastException e) {
            // Kafka Streams shows these to no handler: the thread would die of each.
            throw new IllegalStateException(
                    "A value is of another type than the processor takes: " + e.getMessage(), e);
        } catch (Error e) {
            quarantine.ended(suspect(origin, record), e);
            throw e;
        } finally {
            current.leave(outer);
        }
    }

    private void awaitLedger() {
        if (ledger != null) {
            Failures.await(ledger);
            ledger = null;
        }
    }

    private Suspect suspect(RecordMetadata origin, Record<KIn, VIn> record) {
        return new Suspect(
                new TopicPartition(origin.topic(), origin.partition()), origin.offset(), record.timestamp(), node);
    }
}
