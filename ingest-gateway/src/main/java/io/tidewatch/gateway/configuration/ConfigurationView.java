package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The configuration as the compacted topics have it, in memory. One thread applies records in the order of each partition;
 * any thread reads, and may wait until a record that it wrote has been applied.
 */
public final class ConfigurationView {
    /** The topics that this is a view of. */
    public static final List<Topic> TOPICS = List.of(Topic.ENTITIES, Topic.CHECKS, Topic.ALARMS);

    private final ResourceTable<Entity> entities = new ResourceTable<>();
    private final ResourceTable<Check> checks = new ResourceTable<>();
    private final ResourceTable<Alarm> alarms = new ResourceTable<>();

    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();

    public ResourceTable<Entity> entities() {
        return entities;
    }

    public ResourceTable<Check> checks() {
        return checks;
    }

    public ResourceTable<Alarm> alarms() {
        return alarms;
    }

    /** The alarms that judge a check. */
    public List<Alarm> alarmsOf(Check check) {
        return alarms.under(ResourcePath.of(check).entity()).stream()
                .filter(alarm -> alarm.getCheckId().equals(check.getCheckId()))
                .toList();
    }

    /** Takes in what one record says; {@link #advance} then tells the waiting. */
    public void apply(LogEntry entry) {
        entry.value().ifPresentOrElse(value -> put(entry.key(), value), () -> remove(entry.topic(), entry.key()));
    }

    /** All records of the partition before {@code nextOffset} have been applied or passed over. */
    public void advance(TopicPartition partition, long nextOffset) {
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
     * @return whether that came to pass in time
     */
    boolean await(Map<TopicPartition, Long> offsets, Duration patience) {
        long nanos = patience.toNanos();
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

    private void put(String key, SpecificRecord value) {
        if (value instanceof Entity entity) {
            entities.put(key, entity);
        } else if (value instanceof Check check) {
            checks.put(key, check);
        } else if (value instanceof Alarm alarm) {
            alarms.put(key, alarm);
        } else {
            throw new IllegalArgumentException(
                    "Not configuration: " + value.getSchema().getName());
        }
    }

    private void remove(Topic topic, String key) {
        switch (topic) {
            case ENTITIES -> entities.remove(key);
            case CHECKS -> checks.remove(key);
            case ALARMS -> alarms.remove(key);
            default -> throw new IllegalArgumentException("Not configuration: " + topic);
        }
    }
}
