package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The changelogged stores of one stream task that deciding alarms lives on, and their names.
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
                store(ZONES, registry, ZoneMemory.class));
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

    /** All zones that a check was ever observed from, in the order of their names. */
    Map<String, ZoneMemory> zonesOf(String checkKey) {
        String prefix = checkKey + "/";
        Map<String, ZoneMemory> found = new LinkedHashMap<>();
        try (KeyValueIterator<String, ZoneMemory> rows = zones.prefixScan(prefix, new StringSerializer())) {
            while (rows.hasNext()) {
                KeyValue<String, ZoneMemory> row = rows.next();
                found.put(row.key.substring(prefix.length()), row.value);
            }
        }
        return found;
    }

    /** The memories of some zones, in their order; those that were never observed from are left out. */
    Map<String, ZoneMemory> zonesOf(String checkKey, List<String> listed) {
        Map<String, ZoneMemory> found = new LinkedHashMap<>();
        for (String zone : listed) {
            ZoneMemory memory = zones.get(checkKey + "/" + zone);
            if (memory != null) {
                found.put(zone, memory);
            }
        }
        return found;
    }

    /** Forgets what an alarm counted. */
    void dropVotes(String checkKey, String alarmId) {
        zonesOf(checkKey).forEach((zone, memory) -> {
            if (memory.getVotes().remove(alarmId) != null) {
                zones.put(checkKey + "/" + zone, memory);
            }
        });
    }

    void dropZones(String checkKey) {
        zonesOf(checkKey).keySet().forEach(zone -> zones.delete(checkKey + "/" + zone));
    }

    private static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(
            String name, SchemaRegistry registry, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new AvroSerde<>(registry, type));
    }
}
