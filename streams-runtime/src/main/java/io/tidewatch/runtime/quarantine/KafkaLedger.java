package io.tidewatch.runtime.quarantine;

import io.tidewatch.runtime.application.LastingAdmin;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Failures as committed offsets of a consumer group without members: a record's offset for its partition, and in the metadata
 * the rest. That needs no topic and no schema, and {@code kafka-consumer-groups} shows it. Kafka forgets it after {@code
 * offsets.retention.minutes}, 7 days by default.
 */
final class KafkaLedger implements FailureLedger {
    private final LastingAdmin admin;
    private final String group;

    /** @param application the {@code application.id} */
    KafkaLedger(Map<String, Object> client, String application) {
        this.admin = new LastingAdmin(client);
        this.group = application + "-failures";
    }

    @Override
    public Map<TopicPartition, Failure> read() {
        Map<TopicPartition, Failure> failures = new HashMap<>();
        admin.ask(kafka -> kafka.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) ->
                        Failure.of(offset).ifPresent(failure -> failures.put(partition, failure)));
        return failures;
    }

    @Override
    public void write(TopicPartition partition, Failure failure) {
        admin.ask(kafka -> kafka.alterConsumerGroupOffsets(group, Map.of(partition, failure.toOffset()))
                .all());
    }

    @Override
    public void delete(Set<TopicPartition> partitions) {
        admin.ask(kafka -> kafka.deleteConsumerGroupOffsets(group, partitions).all());
    }

    @Override
    public void close() {
        admin.close();
    }
}
