package io.tidewatch.streams.alarm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many statements of Esper each tenant's alarms need in one stream task: one for each shape of criteria. A tenant may have
 * as many alarms as it likes, but not as many shapes, which are what takes memory. Confined to the stream task's thread.
 */
final class TenantStatements {
    /** Source: a shape takes 110 KB of heap and 46 KB of metaspace, measured; so this is 47 MB. */
    static final int MAX_SHAPES = 300;

    /** For each tenant the numbers of its shapes, each with how many alarms have it. */
    private final Map<String, Map<Integer, Integer>> alarms = new HashMap<>();

    /** Why a tenant can have no alarm of this shape; empty when it can. */
    Optional<String> objection(String tenantId, int shape) {
        Map<Integer, Integer> shapes = alarms.getOrDefault(tenantId, Map.of());
        return shapes.size() < MAX_SHAPES || shapes.containsKey(shape)
                ? Optional.empty()
                : Optional.of("the alarms of its tenant in this partition have criteria of " + MAX_SHAPES
                        + " different forms, not counting numbers and texts, and can't have more");
    }

    void add(String tenantId, int shape) {
        alarms.computeIfAbsent(tenantId, id -> new HashMap<>()).merge(shape, 1, Integer::sum);
    }

    void remove(String tenantId, int shape) {
        alarms.computeIfPresent(tenantId, (id, shapes) -> {
            shapes.computeIfPresent(shape, (number, users) -> users == 1 ? null : users - 1);
            return shapes.isEmpty() ? null : shapes;
        });
    }
}
