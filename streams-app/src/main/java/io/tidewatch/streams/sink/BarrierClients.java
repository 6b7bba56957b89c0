package io.tidewatch.streams.sink;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The Kafka clients of the sink: ordinary ones, but for a {@link BarrierConsumer} as the main consumer of each thread.
 * Kafka Streams calls it while it makes threads.
 */
public final class BarrierClients implements KafkaClientSupplier {
    /** A few round trips to a healthy Cassandra; with one that is away, the next try comes as soon as this is over. */
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(10);

    /** What Cassandra does not acknowledge by then is read again after the restart. */
    private static final Duration LAST_COMMIT_PATIENCE = Duration.ofSeconds(1);

    private final WriteBarrier barrier;
    private volatile Duration commitPatience = COMMIT_PATIENCE;

    public BarrierClients(WriteBarrier barrier) {
        this.barrier = barrier;
    }

    /** Lets the last commits, on closing, wait for a moment only. */
    public void hurry() {
        commitPatience = LAST_COMMIT_PATIENCE;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new BarrierConsumer(config, barrier, () -> commitPatience);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
