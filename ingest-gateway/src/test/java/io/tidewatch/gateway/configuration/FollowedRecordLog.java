package io.tidewatch.gateway.configuration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.RecordLog;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Stands for the log in Kafka, whose topics have one partition; a real follower brings its records into a view, through Avro. */
public final class FollowedRecordLog implements RecordLog, AutoCloseable {
    private final TopicNames names = TopicNames.withDefaultPrefix();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final TopicFollower follower;

    /** Follows already when this returns. */
    public FollowedRecordLog(ConfigurationView view) throws InterruptedException {
        Node node = new Node(1, "localhost", 9092);
        view.topics().forEach(topic -> {
            String name = names.of(topic);
            consumer.updatePartitions(
                    name, List.of(new PartitionInfo(name, 0, node, new Node[] {node}, new Node[] {node})));
            ends.put(new TopicPartition(name, 0), 0L);
        });
        consumer.updateBeginningOffsets(ends);
        consumer.updateEndOffsets(ends);
        follower = new TopicFollower(
                "configuration", consumer, registry, names, view.topics(), view, new SimpleMeterRegistry());
        follower.start();
        if (!follower.awaitCaughtUp(Duration.ofSeconds(30))) {
            throw new IllegalStateException("The follower does not begin: " + follower.behindBecause());
        }
    }

    @Override
    public synchronized Map<TopicPartition, Long> append(List<LogEntry> entries) {
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (LogEntry entry : entries) {
            String topic = names.of(entry.topic());
            TopicPartition partition = new TopicPartition(topic, 0);
            long offset = ends.getOrDefault(partition, 0L);
            consumer.addRecord(new ConsumerRecord<>(
                    topic,
                    0,
                    offset,
                    entry.key(),
                    serializer.serialize(topic, entry.value().orElse(null))));
            ends.put(partition, offset + 1);
            nextOffsets.put(partition, offset + 1);
        }
        consumer.updateEndOffsets(ends);
        return nextOffsets;
    }

    @Override
    public void close() {
        follower.close();
    }
}
