package io.tidewatch.notifier.task;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

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

    /** The builder of one of the stores. Global stores have no changelog of their own: their topic is it. */
    public static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> builder(
            String name, SchemaRegistry registry, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), new AvroSerde<>(registry, type))
                .withLoggingDisabled();
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
