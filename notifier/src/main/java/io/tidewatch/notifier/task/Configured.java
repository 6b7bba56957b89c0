package io.tidewatch.notifier.task;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
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

    /** @param alarmKey {@code tenant/entity/alarm} */
    Optional<Alarm> alarm(String alarmKey) {
        return Optional.ofNullable(alarms.get(alarmKey));
    }
}
