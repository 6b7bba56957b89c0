package io.tidewatch.notifier.sending;

import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads {@code delivery-attempts} from the offset that the application has committed to the end that it has now. Thread-safe. */
public final class KafkaUnreadAttempts implements UnreadAttempts {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final String group;
    private final String topic;
    private final SchemaRegistry registry;

    /**
     * @param client where Kafka is
     * @param group the application's consumer group
     * @param topic {@code delivery-attempts} by its full name
     */
    public KafkaUnreadAttempts(Map<String, Object> client, String group, String topic, SchemaRegistry registry) {
        this.client = Map.copyOf(client);
        this.group = group;
        this.topic = topic;
        this.registry = registry;
    }

    @Override
    public Set<String> of(int partition) {
        TopicPartition attempts = new TopicPartition(topic, partition);
        Set<String> tried = new HashSet<>();
        // Not thread-safe, and several tasks may begin at the same time.
        Deserializer<DeliveryAttempt> values = new AvroSerde<>(registry, DeliveryAttempt.class).deserializer();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            OffsetAndMetadata committed = consumer.committed(Set.of(attempts)).get(attempts);
            if (committed == null) {
                return tried;
            }
            consumer.assign(List.of(attempts));
            consumer.seek(attempts, committed.offset());
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(attempts)).get(attempts));
            while (consumer.position(attempts) < end) {
                consumer.poll(POLL).forEach(record -> add(values, record.value(), tried));
            }
        }
        return tried;
    }

    /** What can't be decoded is no reason to wait: the task puts it aside. */
    private void add(Deserializer<DeliveryAttempt> values, byte[] value, Set<String> tried) {
        try {
            DeliveryAttempt attempt = values.deserialize(topic, value);
            // What the task itself has said comes with its transactions, and is not waited for.
            if (attempt != null && Attempts.made(attempt).isPresent()) {
                tried.add(attempt.getDeliveryId());
            }
        } catch (SerializationException e) {
            return;
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Those of an open transaction can't be waited for, and are not of senders.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
