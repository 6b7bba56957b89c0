package io.tidewatch.streams.quarantine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
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
        Watch watch = quarantine.watchOfThisThread();
        watch.pause();
        try {
            return super.send(record, callback);
        } finally {
            watch.resume();
        }
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        Watch watch = quarantine.watchOfThisThread();
        watch.pause();
        try {
            return super.partitionsFor(topic);
        } finally {
            watch.resume();
        }
    }

    @Override
    public void flush() {
        Watch watch = quarantine.watchOfThisThread();
        watch.pause();
        try {
            super.flush();
        } finally {
            watch.resume();
        }
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
        super.sendOffsetsToTransaction(sent, groupMetadata);
        offsets.putAll(sent);
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        quarantine.committed(offsets);
    }

    @Override
    public void abortTransaction() {
        quarantine.transactionAborted();
        super.abortTransaction();
    }
}
