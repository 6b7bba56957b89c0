package io.tidewatch.gateway.configuration;

import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The configuration as the compacted topics have it, in memory: a table for each kind. The follower's thread applies records in
 * the order of each partition; any thread reads, and may wait until a record that it wrote has been applied.
 */
public final class ConfigurationView implements TopicFollower.Reader {
    private final Map<Topic, ResourceTable<?>> tables = new EnumMap<>(Topic.class);
    private final ConfigurationMemory memory = new ConfigurationMemory();

    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();

    /**
     * @param kinds each with a topic of its own
     */
    public ConfigurationView(Collection<? extends ConfigurationKind<?>> kinds) {
        for (ConfigurationKind<?> kind : kinds) {
            if (tables.put(kind.topic(), new ResourceTable<>(kind, memory)) != null) {
                throw new IllegalArgumentException("Two kinds of configuration are in the topic " + kind.topic());
            }
        }
    }

    /** How much memory all of it takes. */
    public ConfigurationMemory memory() {
        return memory;
    }

    /** The topics that this is a view of. */
    public Set<Topic> topics() {
        return Set.copyOf(tables.keySet());
    }

    /**
     * The resources whose records are of a class.
     *
     * @throws IllegalArgumentException when this view has no such kind
     */
    public <T extends SpecificRecord> ResourceTable<T> table(Class<T> recordClass) {
        return tables.values().stream()
                .flatMap(table -> table.as(recordClass).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not configuration: " + recordClass));
    }

    /** Takes in what one record says; {@link #advanced} then tells the waiting. */
    @Override
    public void apply(TopicRecord topicRecord) {
        ResourceTable<?> table = tables.get(topicRecord.topic());
        if (table == null) {
            throw new IllegalArgumentException("Not configuration: " + topicRecord.topic());
        }
        table.apply(topicRecord);
    }

    @Override
    public void advanced(TopicPartition partition, long nextOffset) {
        lock.lock();
        try {
            nextOffsets.put(partition, nextOffset);
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the records before these offsets have been applied.
     *
     * @return false if the timeout came first
     */
    public boolean await(Map<TopicPartition, Long> offsets, Duration timeout) {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (!reached(offsets)) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = advanced.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .allMatch(offset -> nextOffsets.getOrDefault(offset.getKey(), 0L) >= offset.getValue());
    }
}
