package io.tidewatch.gateway.records;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a resource is: its tenant, the ids of what it belongs to, and its own id, such as tenant, entity and check. Its text,
 * joined by {@code /}, is the key of the resource's record.
 */
public record ResourcePath(List<String> segments) {
    public ResourcePath {
        segments = List.copyOf(segments);
    }

    public static ResourcePath of(String... segments) {
        return new ResourcePath(List.of(segments));
    }

    public String tenantId() {
        return segments.get(0);
    }

    public String entityId() {
        return segments.get(1);
    }

    /** The last segment. */
    public String id() {
        return segments.get(segments.size() - 1);
    }

    /** The path of the entity that this one is, or belongs to. */
    public ResourcePath entity() {
        return of(tenantId(), entityId());
    }

    /** Whether this is somewhere below another path. */
    public boolean isBelow(ResourcePath other) {
        return segments.size() > other.segments.size()
                && segments.subList(0, other.segments.size()).equals(other.segments);
    }

    public ResourcePath child(String id) {
        return new ResourcePath(Stream.concat(segments.stream(), Stream.of(id)).toList());
    }

    /** The record key. */
    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
