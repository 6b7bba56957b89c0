package io.tidewatch.system.drills;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Everything that is in a topic of one prefix by now. */
public final class TopicContents {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaSettings kafka;

    public TopicContents(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    public List<ConsumerRecord<byte[], byte[]>> committed(Topic topic) {
        return read(topic, "read_committed");
    }

    /** As {@link #committed}, for more than fits into memory: each partition's in order, one after the other. */
    public void forEachCommitted(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        read(topic, "read_committed", reader);
    }

    /** Also what belongs to transactions that were aborted, or are still open. */
    List<ConsumerRecord<byte[], byte[]>> written(Topic topic) {
        return read(topic, "read_uncommitted");
    }

    /** The committed values of each key, in order. */
    public <T extends SpecificRecord> Map<String, List<T>> committedByKey(Topic topic, Class<T> type) {
        Map<String, List<T>> byKey = new LinkedHashMap<>();
        Deserializer<T> values = new AvroSerde<>(kafka.registry(), type).deserializer();
        String name = kafka.topics().of(topic);
        committed(topic)
                .forEach(message -> byKey.computeIfAbsent(new String(message.key(), UTF_8), key -> new ArrayList<>())
                        .add(values.deserialize(name, message.value())));
        return byKey;
    }

    /** Writes the same records, at the same times, into the same partitions under another prefix. */
    void copyTo(KafkaSettings other, Topic topic) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(other.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            String name = other.topics().of(topic);
            for (ConsumerRecord<byte[], byte[]> message : written(topic)) {
                var unused = producer.send(new ProducerRecord<>(
                        name, message.partition(), message.timestamp(), message.key(), message.value()));
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(Topic topic, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        read(topic, isolation, records::add);
        return records;
    }

    private void read(Topic topic, String isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        String name = kafka.topics().of(topic);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }
}
