package io.tidewatch.notifier.sending;

import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.RegistryException;
import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outcomes of attempts on {@code delivery-attempts}, each as soon as it is known. Thread-safe. */
public final class KafkaAttemptLog implements Sender.AttemptLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAttemptLog.class);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final CountDownLatch closing = new CountDownLatch(1);

    /** To be used by one thread at a time. */
    private final AvroSerializer<DeliveryAttempt> values;

    /**
     * @param client where Kafka is
     * @param topic {@code delivery-attempts} by its full name
     */
    public KafkaAttemptLog(Map<String, Object> client, String clientId, String topic, SchemaRegistry registry) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId + "-attempts");
        // An outcome that is not written would be found out by telling the receiver again.
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        this.values = new AvroSerializer<>(registry);
        this.topic = topic;
    }

    /** Waits for the registry, which is asked for the schema at the first attempt. */
    @Override
    public void write(int partition, DeliveryAttempt attempt) {
        String key = attempt.getTenantId() + "/" + attempt.getNotificationId();
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, bytes(attempt));
        var unused = producer.send(record, (place, failure) -> {
            if (failure != null) {
                LOG.error(
                        "The outcome of an attempt could not be written deliveryId={}",
                        attempt.getDeliveryId(),
                        failure);
            }
        });
    }

    private byte[] bytes(DeliveryAttempt attempt) {
        while (true) {
            try {
                return serialized(attempt);
            } catch (RegistryException e) {
                LOG.warn("The outcome of an attempt waits for the registry reason={}", e.getMessage());
                if (!waited()) {
                    throw e;
                }
            }
        }
    }

    /** Returns false when there is an end to waiting. */
    private boolean waited() {
        try {
            return !closing.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized byte[] serialized(DeliveryAttempt attempt) {
        return Objects.requireNonNull(values.serialize(topic, attempt));
    }

    /** Waits a moment for what is on its way. */
    @Override
    public void close() {
        closing.countDown();
        producer.close(CLOSE_TIMEOUT);
    }
}
