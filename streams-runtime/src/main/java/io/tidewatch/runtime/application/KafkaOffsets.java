package io.tidewatch.runtime.application;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka where a topic ends, and how far an application has come in it. */
final class KafkaOffsets implements LagWatch.Offsets {
    private final LastingAdmin admin;
    private final String group;
    private final String topic;
    private final int partitions;

    /** @param group the application's consumer group */
    KafkaOffsets(Map<String, Object> client, String group, String topic, int partitions) {
        this.admin = new LastingAdmin(client);
        this.group = group;
        this.topic = topic;
        this.partitions = partitions;
    }

    @Override
    public long[] ends() {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = admin.ask(kafka -> kafka.listOffsets(latest).all());
        return byPartition(
                partition -> Objects.requireNonNull(ends.get(partition)).offset());
    }

    @Override
    public long[] committed() {
        var committed = admin.ask(kafka -> kafka.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return byPartition(partition -> {
            OffsetAndMetadata offset = committed.get(partition);
            return offset == null ? 0 : offset.offset();
        });
    }

    /** The group. */
    @Override
    public String toString() {
        return group;
    }

    @Override
    public void close() {
        admin.close();
    }

    private long[] byPartition(Function<TopicPartition, Long> offset) {
        return IntStream.range(0, partitions)
                .mapToLong(partition -> offset.apply(new TopicPartition(topic, partition)))
                .toArray();
    }
}
