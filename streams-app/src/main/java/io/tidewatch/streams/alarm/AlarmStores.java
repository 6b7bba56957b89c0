package io.tidewatch.streams.alarm;

import io.tidewatch.runtime.application.AvroStores;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.serde.SchemaRegistry;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

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

    /** The builders of the stores that are a task's own: all but {@link #ENTITIES}. */
    public static Set<StoreBuilder<?>> builders(SchemaRegistry registry) {
        return Set.of(
                AvroStores.keyValue(CHECKS, registry, Check.class),
                AvroStores.keyValue(ALARMS, registry, Alarm.class),
                AvroStores.keyValue(MEMORIES, registry, AlarmMemory.class),
                AvroStores.keyValue(ZONES, registry, ZoneMemory.class),
                HeldInputs.builder(registry));
    }

    static AlarmStores of(ProcessorContext<?, ?> context) {
        return new AlarmStores(
                context.getStateStore(CHECKS),
                context.getStateStore(ALARMS),
                context.getStateStore(MEMORIES),
                context.getStateStore(ZONES),
                context.getStateStore(ENTITIES));
    }
}
