package io.tidewatch.standalone.drills;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group is, and how far it could be. Any thread. */
final class GroupOffsets {
    private final KafkaSettings kafka;
    private final Admin admin;
    private final String group;

    GroupOffsets(KafkaSettings kafka, Admin admin, String group) {
        this.kafka = kafka;
        this.admin = admin;
        this.group = group;
    }

    /** How many records of these topics are not behind the committed offsets yet. */
    Map<TopicPartition, Long> lags(Collection<Topic> topics) {
        Map<TopicPartition, Long> committed = committed();
        Map<TopicPartition, Long> lags = new HashMap<>();
        ends(topics).forEach((partition, end) -> lags.put(partition, end - committed.getOrDefault(partition, 0L)));
        return lags;
    }

    Map<TopicPartition, Long> committed() {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    /** The ends of these topics, whether or not anybody may read what is there. */
    Map<TopicPartition, Long> ends(Collection<Topic> topics) {
        Collection<String> names = topics.stream().map(kafka.topics()::of).toList();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        get(admin.describeTopics(names).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        return get(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    static <T> T get(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
