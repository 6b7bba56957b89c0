package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.topics.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** One kind of configuration: its topic, the class of its records, and their keys and partitions. Stateless. */
public interface ConfigurationKind<T extends SpecificRecord> {
    /** The compacted topic, which holds nothing else. */
    Topic topic();

    /** The class of the topic's values. */
    Class<T> recordClass();

    /** Where a resource is; the path's text is the key of its record. */
    ResourcePath path(T resource);

    /**
     * The text that decides which partition a resource's record goes to, as {@link io.tidewatch.topics.Partitions} has it: the tenant's
     * id in a topic that is partitioned by the tenant; empty when the record's key decides.
     *
     * @throws IllegalArgumentException when the resource names nothing that can decide
     */
    default Optional<String> partitionedBy(T resource) {
        return Topic.PARTITIONED_BY_TENANT.contains(topic())
                ? Optional.of(path(resource).tenantId())
                : Optional.empty();
    }

    /** What is kept in memory of a resource; empty for one that nobody asks for. */
    default Optional<T> kept(T resource) {
        return Optional.of(resource);
    }

    /** The record that stores a resource. */
    default LogEntry put(T resource) {
        return new LogEntry(topic(), path(resource).toString(), partitionedBy(resource), Optional.of(resource));
    }
}
