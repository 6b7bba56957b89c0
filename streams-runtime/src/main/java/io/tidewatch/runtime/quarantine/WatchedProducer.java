package io.tidewatch.runtime.quarantine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The producer of one stream thread: tells {@link Quarantine} of its transactions, and stops the clock of a record while it
 * waits for Kafka. What this rests on, read in the sources of Kafka Streams 4.3.1 ({@code StreamsProducer}): a transaction
 * that may not be committed, because the producer is fenced or the thread dies, is aborted by its thread; and offsets are
 * sent to the transaction before its commit.
 */
final class WatchedProducer extends KafkaProducer<byte[], byte[]> {
    private final Quarantine quarantine;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

    WatchedProducer(Map<String, Object> config, Quarantine quarantine) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.quarantine = quarantine;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        return unblamed(() -> super.send(record, callback));
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return unblamed(() -> super.partitionsFor(topic));
    }

    @Override
    public void flush() {
        unblamed(() -> {
            super.flush();
            return true;
        });
    }

    @Override
    public void beginTransaction() {
        super.beginTransaction();
        offsets.clear();
        quarantine.watchOfThisThread().transactionBegan();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> sent, ConsumerGroupMetadata groupMetadata) {
        unblamed(() -> {
            super.sendOffsetsToTransaction(sent, groupMetadata);
            return true;
        });
        offsets.putAll(sent);
    }

    @Override
    public void commitTransaction() {
        unblamed(() -> {
            super.commitTransaction();
            return true;
        });
        quarantine.committed(offsets);
    }

    @Override
    public void abortTransaction() {
        quarantine.transactionAborted();
        super.abortTransaction();
    }

    /** What waits for a broker that is away must not make a transaction look long: no record of it is to blame. */
    private <T> T unblamed(Supplier<T> call) {
        Watch watch = quarantine.watchOfThisThread();
        watch.pause();
        try {
            return call.get();
        } finally {
            watch.resume();
        }
    }
}
