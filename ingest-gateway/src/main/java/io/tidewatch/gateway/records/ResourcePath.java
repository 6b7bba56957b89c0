package io.tidewatch.gateway.records;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a resource is: tenant, entity, and for a check or an alarm its own id. Its text, joined by {@code /}, is the key
 * of the resource's record.
 */
public record ResourcePath(List<String> segments) {
    public ResourcePath {
        segments = List.copyOf(segments);
    }

    public static ResourcePath of(String... segments) {
        return new ResourcePath(List.of(segments));
    }

    public static ResourcePath of(Entity entity) {
        return of(entity.getTenantId(), entity.getEntityId());
    }

    public static ResourcePath of(Check check) {
        return of(check.getTenantId(), check.getEntityId(), check.getCheckId());
    }

    public static ResourcePath of(Alarm alarm) {
        return of(alarm.getTenantId(), alarm.getEntityId(), alarm.getAlarmId());
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

    public ResourcePath child(String id) {
        return new ResourcePath(Stream.concat(segments.stream(), Stream.of(id)).toList());
    }

    /** The record key. */
    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
