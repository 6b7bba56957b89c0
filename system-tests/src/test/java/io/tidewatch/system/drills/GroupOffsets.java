package io.tidewatch.system.drills;

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

/** How far an application is, and how far it could be. Any thread. */
public final class GroupOffsets {
    private final KafkaSettings kafka;
    private final Admin admin;
    private final String group;

    /** @param application as its users call it, such as {@code sink} */
    public GroupOffsets(KafkaSettings kafka, Admin admin, String application) {
        this.kafka = kafka;
        this.admin = admin;
        this.group = group(kafka, application);
    }

    /** The consumer group of an application, which is its {@code application.id}, too. */
    static String group(KafkaSettings kafka, String application) {
        return kafka.topics().prefix().replaceAll("[.]$", "") + "-" + application;
    }

    /** Whether it has committed all that is in these topics. */
    boolean haveRead(Collection<Topic> topics) {
        return lags(topics).values().stream().allMatch(lag -> lag == 0);
    }

    /** How many records of these topics are not behind the committed offsets yet. */
    public Map<TopicPartition, Long> lags(Collection<Topic> topics) {
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
    public Map<TopicPartition, Long> ends(Collection<Topic> topics) {
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
