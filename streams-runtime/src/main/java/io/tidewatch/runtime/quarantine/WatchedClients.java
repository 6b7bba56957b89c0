package io.tidewatch.runtime.quarantine;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Kafka clients of an application: ordinary ones, but for the producer, which tells {@link Quarantine} what it does.
 * Kafka Streams calls it while it makes threads.
 */
public final class WatchedClients implements KafkaClientSupplier {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedClients.class);

    private final Quarantine quarantine;

    public WatchedClients(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    /**
     * {@inheritDoc} Kafka Streams also asks for one on a thread whose producer was fenced, to go on with. If that was because
     * the records of one transaction took too long together, the thread is ended here instead: it would begin again with as
     * many records as before, for ever. Source: {@code StreamThread.numIterations} and {@code TaskManager.handleLostAll} of
     * Kafka Streams 4.3.1.
     */
    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        quarantine.watchOfThisThread().requireThreadMayGoOn();
        return new WatchedProducer(config, quarantine);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        if (!quarantine.isCareful()) {
            return consumer(config);
        }
        LOG.warn("A stream thread reads one record at a time, because many were too slow for one transaction together");
        Map<String, Object> careful = new HashMap<>(config);
        careful.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return consumer(careful);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
