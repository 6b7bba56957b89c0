package io.tidewatch.topics;

import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;

/**
 * A check's place: tenant, entity and check. Its text, {@code tenant/entity/check}, is the key of {@code check-results}
 * and {@code checks}, and decides the partition of every topic that is co-partitioned by the check.
 */
public record CheckPath(String tenantId, String entityId, String checkId) {
    public CheckPath {
        requireSegment("tenant_id", tenantId);
        requireSegment("entity_id", entityId);
        requireSegment("check_id", checkId);
    }

    public static CheckPath of(Check check) {
        return new CheckPath(check.getTenantId(), check.getEntityId(), check.getCheckId());
    }

    /** The path of a result's check. */
    public static CheckPath of(CheckResult result) {
        return new CheckPath(result.getTenantId(), result.getEntityId(), result.getCheckId());
    }

    /** The partition, of {@code partitions}, that holds all records about this check. */
    public int partition(int partitions) {
        return Partitions.of(toString(), partitions);
    }

    /** {@code tenant/entity/id}: the key of a resource of this check's entity, such as an alarm. */
    public String sibling(String id) {
        requireSegment("id", id);
        return tenantId + "/" + entityId + "/" + id;
    }

    /** {@code tenant/entity/check}. */
    @Override
    public String toString() {
        return tenantId + "/" + entityId + "/" + checkId;
    }

    private static void requireSegment(String name, String value) {
        if (value.isEmpty() || value.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    name + " is '" + value + "', but has to be at least one character, none of them '/'");
        }
    }
}
