package io.tidewatch.notifier.task;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entities, checks and alarms of all tenants, as they are now: global stores, the same in every process, because their
 * topics are partitioned otherwise. They are filled before a task begins, and afterwards by a thread of their own, so that they
 * may be a moment behind.
 */
public final class Configured {
    public static final String ENTITIES = "entities";
    public static final String CHECKS = "checks";
    public static final String ALARMS = "alarms";

    private final KeyValueStore<String, Entity> entities;
    private final KeyValueStore<String, Check> checks;
    private final KeyValueStore<String, Alarm> alarms;

    Configured(ProcessorContext<?, ?> context) {
        this.entities = context.getStateStore(ENTITIES);
        this.checks = context.getStateStore(CHECKS);
        this.alarms = context.getStateStore(ALARMS);
    }

    /** The entity that a transition is of, unless it has been deleted. */
    Optional<Entity> entity(AlertEvent event) {
        return Optional.ofNullable(entities.get(Keys.of(event.getTenantId(), event.getEntityId())));
    }

    /** The check that a transition is of, unless it has been deleted. */
    Optional<Check> check(AlertEvent event) {
        return Optional.ofNullable(checks.get(Keys.of(event.getTenantId(), event.getEntityId(), event.getCheckId())));
    }

    /** The check whose results an alarm judges, unless it has been deleted. */
    Optional<Check> checkOf(Alarm alarm) {
        return Optional.ofNullable(checks.get(Keys.of(alarm.getTenantId(), alarm.getEntityId(), alarm.getCheckId())));
    }

    /**
     * The alarms under what a dependency names.
     *
     * @param name {@code entity}, {@code entity:check} or {@code entity:alarm}
     */
    List<Alarm> alarmsNamed(String tenantId, String name) {
        int colon = name.indexOf(':');
        String entityId = colon < 0 ? name : name.substring(0, colon);
        String id = name.substring(colon + 1);
        String prefix = Keys.of(tenantId, entityId);
        List<Alarm> named = new ArrayList<>();
        try (KeyValueIterator<String, Alarm> rows = alarms.range(prefix + "/", prefix + "0")) {
            while (rows.hasNext()) {
                Alarm alarm = rows.next().value;
                if (colon < 0
                        || alarm.getCheckId().equals(id)
                        || alarm.getAlarmId().equals(id)) {
                    named.add(alarm);
                }
            }
        }
        return named;
    }

    /**
     * When an alarm, its check or its entity was last changed: what they say decides together what is withheld.
     *
     * @return empty when the alarm has been deleted
     */
    Optional<Instant> changedAt(String alarmKey) {
        return alarm(alarmKey)
                .map(alarm -> Stream.of(
                                Optional.of(alarm.getUpdatedAt()),
                                checkOf(alarm).map(Check::getUpdatedAt),
                                entityOf(alarm).map(Entity::getUpdatedAt))
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo)
                        .orElseThrow());
    }

    private Optional<Entity> entityOf(Alarm alarm) {
        return Optional.ofNullable(entities.get(Keys.of(alarm.getTenantId(), alarm.getEntityId())));
    }

    /** @param alarmKey {@code tenant/entity/alarm} */
    Optional<Alarm> alarm(String alarmKey) {
        return Optional.ofNullable(alarms.get(alarmKey));
    }
}
