package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The changelogged stores of one stream task of the application {@code alarms}, and their names. Configuration is written by
 * {@link AlarmDirectory} alone, memories and zones by {@link AlarmMemories} alone. The store of {@link HeldInputs} is not among
 * them: what is decided follows from these.
 *
 * @param checks configuration by {@code tenant/entity/check}
 * @param alarms configuration by {@code tenant/entity/alarm}
 * @param memories each alarm's state by {@code tenant/entity/alarm}
 * @param zones newest observations, runs and votes by {@code tenant/entity/check/zone}
 * @param entities configuration by {@code tenant/entity}: the same in every task, read for labels only
 */
public record AlarmStores(
        KeyValueStore<String, Check> checks,
        KeyValueStore<String, Alarm> alarms,
        KeyValueStore<String, AlarmMemory> memories,
        KeyValueStore<String, ZoneMemory> zones,
        KeyValueStore<String, Entity> entities) {
    public static final String CHECKS = "checks";
    public static final String ALARMS = "alarms";
    public static final String MEMORIES = "alarm-memories";
    public static final String ZONES = "zone-memories";
    public static final String ENTITIES = "entities";

    /** The stores' builders; {@link #entities} gives the one that is not a task's own. */
    public static Set<StoreBuilder<?>> builders(SchemaRegistry registry) {
        return Set.of(
                store(CHECKS, registry, Check.class),
                store(ALARMS, registry, Alarm.class),
                store(MEMORIES, registry, AlarmMemory.class),
                store(ZONES, registry, ZoneMemory.class),
                HeldInputs.builder(registry));
    }

    /** The builder of the entities' store. Global stores have no changelog of their own: their topic is it. */
    public static StoreBuilder<KeyValueStore<String, Entity>> entities(SchemaRegistry registry) {
        return store(ENTITIES, registry, Entity.class).withLoggingDisabled();
    }

    static AlarmStores of(ProcessorContext<?, ?> context) {
        return new AlarmStores(
                context.getStateStore(CHECKS),
                context.getStateStore(ALARMS),
                context.getStateStore(MEMORIES),
                context.getStateStore(ZONES),
                context.getStateStore(ENTITIES));
    }

    private static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(
            String name, SchemaRegistry registry, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new AvroSerde<>(registry, type));
    }
}
