package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.ResourcePath;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The resources of one kind, by path and in the order of their ids. One thread changes it, any may read. */
public final class ResourceTable<T> {
    private static final char SEPARATOR = '/';

    private final ConcurrentNavigableMap<String, T> byKey = new ConcurrentSkipListMap<>();

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
     * @param fromId the first id that may come
     */
    public List<T> page(ResourcePath parent, String fromId, int maxItems) {
        return range(parent).tailMap(parent.child(fromId).toString(), true).values().stream()
                .limit(maxItems)
                .toList();
    }

    void put(String key, T resource) {
        byKey.put(key, resource);
    }

    void remove(String key) {
        byKey.remove(key);
    }

    private NavigableMap<String, T> range(ResourcePath parent) {
        String start = parent.toString() + SEPARATOR;
        String end = parent.toString() + (char) (SEPARATOR + 1);
        return byKey.subMap(start, true, end, false);
    }
}
