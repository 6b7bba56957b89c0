package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.topics.TopicRecord;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The resources of one kind, by path and in the order of their ids. One thread changes it, any may read. */
public final class ResourceTable<T extends SpecificRecord> {
    private static final char SEPARATOR = '/';

    /** What a resource takes beside its own objects: its key, and its node and part of the index in the map. */
    private static final int NODE_BYTES = 64;

    private final ConfigurationKind<T> kind;
    private final ConfigurationMemory memory;
    private final ConcurrentNavigableMap<String, T> byKey = new ConcurrentSkipListMap<>();

    ResourceTable(ConfigurationKind<T> kind, ConfigurationMemory memory) {
        this.kind = kind;
        this.memory = memory;
    }

    public Optional<T> get(ResourcePath path) {
        return Optional.ofNullable(byKey.get(path.toString()));
    }

    /** Everything under a tenant, or under an entity. */
    public List<T> under(ResourcePath parent) {
        return List.copyOf(range(parent).values());
    }

    /** How many there are under a tenant, or under an entity. */
    public int count(ResourcePath parent) {
        return range(parent).size();
    }

    /**
     * The first resources under a tenant, or under an entity.
     *
     * @param fromId the first id that may come
     */
    public List<T> page(ResourcePath parent, String fromId, int maxItems) {
        return range(parent).tailMap(parent.toString() + SEPARATOR + fromId, true).values().stream()
                .limit(maxItems)
                .toList();
    }

    /**
     * @throws IllegalArgumentException when the record is none of this kind, or its key is not that of its value
     */
    void apply(TopicRecord topicRecord) {
        if (topicRecord.value().isEmpty()) {
            count(topicRecord.key(), byKey.remove(topicRecord.key()), null);
            return;
        }
        T resource = cast(topicRecord.value().get());
        String key = kind.put(resource).key();
        if (!key.equals(topicRecord.key())) {
            throw new IllegalArgumentException("The record's key is not that of its value, " + key);
        }
        T kept = kind.kept(resource).orElse(null);
        count(key, kept == null ? byKey.remove(key) : byKey.put(key, kept), kept);
    }

    /** The memory that a resource takes, with all that is kept for it. */
    public long heapBytes(T resource) {
        return NODE_BYTES + HeapBytes.of(kind.path(resource).toString()) + HeapBytes.of(resource);
    }

    private void count(String key, @Nullable T before, @Nullable T after) {
        long more = (after == null ? 0 : heapBytes(after)) - (before == null ? 0 : heapBytes(before));
        if (more != 0) {
            memory.add(key.substring(0, key.indexOf(SEPARATOR)), more);
        }
    }

    /** This table, when its resources are of that class. */
    @SuppressWarnings("unchecked") // The class says what the table's parameter is.
    <R extends SpecificRecord> Optional<ResourceTable<R>> as(Class<R> recordClass) {
        return kind.recordClass() == (Class<?>) recordClass ? Optional.of((ResourceTable<R>) this) : Optional.empty();
    }

    private T cast(SpecificRecord value) {
        if (!kind.recordClass().isInstance(value)) {
            throw new IllegalArgumentException(
                    "The record is of another type, " + value.getSchema().getName());
        }
        return kind.recordClass().cast(value);
    }

    private NavigableMap<String, T> range(ResourcePath parent) {
        String start = parent.toString() + SEPARATOR;
        String end = parent.toString() + (char) (SEPARATOR + 1);
        return byKey.subMap(start, true, end, false);
    }
}
