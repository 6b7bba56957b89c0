package io.tidewatch.notifier.task;

import io.tidewatch.notifier.suppression.Subject;
import io.tidewatch.notifier.suppression.Suppression;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.AlertEvent;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What keeps news from being told, of a task's tenants. In memory as the rules have it, and in a store. Confined to the task's
 * thread.
 */
final class Suppressions {
    private final KeyValueStore<String, io.tidewatch.schema.Suppression> store;
    private final NavigableMap<String, Suppression> byKey = new TreeMap<>();

    /** With what the store has. */
    Suppressions(KeyValueStore<String, io.tidewatch.schema.Suppression> store) {
        this.store = store;
        try (KeyValueIterator<String, io.tidewatch.schema.Suppression> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, io.tidewatch.schema.Suppression> row = rows.next();
                byKey.put(row.key, read(row.value));
            }
        }
    }

    /** @param now null when it was deleted */
    void change(String key, io.tidewatch.schema.@Nullable Suppression now) {
        store.put(key, now);
        if (now == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, read(now));
        }
    }

    /** What all suppressions of its tenant together withhold of an alarm, by its newest transition. */
    Verdict verdict(AlertEvent event, Instant now) {
        Subject subject = new Subject(
                event.getEntityId(),
                event.getCheckId(),
                event.getAlarmId(),
                Objects.requireNonNullElse(event.getNotificationPlanId(), ""),
                Map.of());
        return Suppression.verdict(Keys.ofTenant(byKey, event.getTenantId()).values(), subject, now);
    }

    private static Suppression read(io.tidewatch.schema.Suppression stored) {
        return Suppression.byIds(
                "suppression " + stored.getSuppressionId(),
                Set.copyOf(stored.getNotificationPlans()),
                Set.copyOf(stored.getEntities()),
                Set.copyOf(stored.getChecks()),
                Set.copyOf(stored.getAlarms()),
                Suppression.Times.once(stored.getStartTime(), stored.getEndTime()));
    }
}
