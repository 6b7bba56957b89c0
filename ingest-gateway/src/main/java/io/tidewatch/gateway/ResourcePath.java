package io.tidewatch.gateway;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a resource is: tenant, entity, and for a check or an alarm its own id. Its text, joined by {@code /}, is the key
 * of the resource's record.
 */
record ResourcePath(List<String> segments) {
    ResourcePath {
        segments = List.copyOf(segments);
    }

    static ResourcePath of(String... segments) {
        return new ResourcePath(List.of(segments));
    }

    static ResourcePath of(Entity entity) {
        return of(entity.getTenantId(), entity.getEntityId());
    }

    static ResourcePath of(Check check) {
        return of(check.getTenantId(), check.getEntityId(), check.getCheckId());
    }

    static ResourcePath of(Alarm alarm) {
        return of(alarm.getTenantId(), alarm.getEntityId(), alarm.getAlarmId());
    }

    String tenantId() {
        return segments.get(0);
    }

    String entityId() {
        return segments.get(1);
    }

    /** The last segment. */
    String id() {
        return segments.get(segments.size() - 1);
    }

    /** The path of the entity that this one is, or belongs to. */
    ResourcePath entity() {
        return of(tenantId(), entityId());
    }

    ResourcePath child(String id) {
        return new ResourcePath(Stream.concat(segments.stream(), Stream.of(id)).toList());
    }

    /** The record key. */
    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
