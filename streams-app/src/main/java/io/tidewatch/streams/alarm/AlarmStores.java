package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import java.util.LinkedHashMap;
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
 * @param votes runs and votes by {@code tenant/entity/alarm/zone}
 * @param zones newest observations by {@code tenant/entity/check/zone}
 * @param entities configuration by {@code tenant/entity}: the same in every task, read for labels only
 */
public record AlarmStores(
        KeyValueStore<String, Check> checks,
        KeyValueStore<String, Alarm> alarms,
        KeyValueStore<String, AlarmMemory> memories,
        KeyValueStore<String, ZoneVote> votes,
        KeyValueStore<String, ZoneMemory> zones,
        KeyValueStore<String, Entity> entities) {
    public static final String CHECKS = "checks";
    public static final String ALARMS = "alarms";
    public static final String MEMORIES = "alarm-memories";
    public static final String VOTES = "zone-votes";
    public static final String ZONES = "zone-memories";
    public static final String ENTITIES = "entities";

    /** The stores' builders; {@link #entities} gives the one that is not a task's own. */
    public static Set<StoreBuilder<?>> builders(SchemaRegistry registry) {
        return Set.of(
                store(CHECKS, registry, Check.class),
                store(ALARMS, registry, Alarm.class),
                store(MEMORIES, registry, AlarmMemory.class),
                store(VOTES, registry, ZoneVote.class),
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
                context.getStateStore(VOTES),
                context.getStateStore(ZONES),
                context.getStateStore(ENTITIES));
    }

    /** The votes of one alarm by zone, in the order of the zones' names. */
    Map<String, ZoneVote> votesOf(String alarmKey) {
        return below(votes, alarmKey);
    }

    void dropVotes(String alarmKey) {
        votesOf(alarmKey).keySet().forEach(zone -> votes.delete(alarmKey + "/" + zone));
    }

    void dropZones(String checkKey) {
        below(zones, checkKey).keySet().forEach(zone -> zones.delete(checkKey + "/" + zone));
    }

    private static <T> Map<String, T> below(KeyValueStore<String, T> store, String key) {
        String prefix = key + "/";
        Map<String, T> found = new LinkedHashMap<>();
        try (KeyValueIterator<String, T> rows = store.prefixScan(prefix, new StringSerializer())) {
            while (rows.hasNext()) {
                KeyValue<String, T> row = rows.next();
                found.put(row.key.substring(prefix.length()), row.value);
            }
        }
        return found;
    }

    private static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(
            String name, SchemaRegistry registry, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new AvroSerde<>(registry, type));
    }
}
