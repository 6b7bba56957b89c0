package io.tidewatch.standalone.local;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The alert events from the beginning on, as a receiver of alerts reads them. One thread at a time. */
public final class AlertLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, AlertEvent> consumer;

    public AlertLog(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                new AvroSerde<>(kafka.registry(), AlertEvent.class).deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(kafka.topics().of(Topic.ALERT_EVENTS)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has been added since the last call, waiting a moment for it. */
    public List<AlertEvent> next() {
        List<AlertEvent> events = new ArrayList<>();
        consumer.poll(POLL).forEach(message -> events.add(message.value()));
        return List.copyOf(events);
    }

    /** How many records a topic has had so far. */
    public long recordsIn(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
