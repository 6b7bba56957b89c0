package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * What a task's stores hold, entity by entity. All keys begin with {@code tenant/entity/} and all stores give their rows in
 * the order of their keys' bytes: so that each is read once from its first row to its last, and nothing is looked up.
 * Shows the stores as they were when it was made. Confined to the stream task's thread.
 */
final class StoredEntities implements AutoCloseable {
    private final Rows<Alarm> alarms;
    private final Rows<AlarmMemory> memories;
    private final Rows<Check> checks;
    private final Rows<ZoneMemory> zones;

    /**
     * An entity that has alarms.
     *
     * @param checks by {@code tenant/entity/check}
     * @param zones the memories by zone, by {@code tenant/entity/check}
     */
    record StoredEntity(
            List<StoredAlarm> alarms, Map<String, Check> checks, Map<String, Map<String, ZoneMemory>> zones) {}

    /** @param key {@code tenant/entity/alarm} */
    record StoredAlarm(String key, Alarm alarm, AlarmMemory memory) {}

    StoredEntities(AlarmStores stores) {
        alarms = new Rows<>(stores.alarms().all());
        memories = new Rows<>(stores.memories().all());
        checks = new Rows<>(stores.checks().all());
        zones = new Rows<>(stores.zones().all());
    }

    boolean hasNext() {
        return alarms.current != null;
    }

    /** The next entity that has alarms. To be called when there is one. */
    StoredEntity next() {
        String entity = entity(Objects.requireNonNull(alarms.current).key);
        Map<String, AlarmMemory> memoriesByKey = new HashMap<>();
        memories.of(entity).forEach(row -> memoriesByKey.put(row.key, row.value));
        List<StoredAlarm> stored = new ArrayList<>();
        for (KeyValue<String, Alarm> row : alarms.of(entity)) {
            AlarmMemory memory = Objects.requireNonNull(memoriesByKey.get(row.key), row.key);
            stored.add(new StoredAlarm(row.key, row.value, memory));
        }
        Map<String, Check> checksByKey = new HashMap<>();
        checks.of(entity).forEach(row -> checksByKey.put(row.key, row.value));
        Map<String, Map<String, ZoneMemory>> zonesByCheck = new HashMap<>();
        for (KeyValue<String, ZoneMemory> row : zones.of(entity)) {
            int zoneAt = row.key.lastIndexOf('/');
            zonesByCheck
                    .computeIfAbsent(row.key.substring(0, zoneAt), checkKey -> new HashMap<>())
                    .put(row.key.substring(zoneAt + 1), row.value);
        }
        return new StoredEntity(stored, checksByKey, zonesByCheck);
    }

    @Override
    public void close() {
        alarms.rows.close();
        memories.rows.close();
        checks.rows.close();
        zones.rows.close();
    }

    /** {@code tenant/entity/}, which all keys begin with. */
    private static String entity(String key) {
        return key.substring(0, key.indexOf('/', key.indexOf('/') + 1) + 1);
    }

    /** The rows of one store, read forward. */
    private static final class Rows<V> {
        private final KeyValueIterator<String, V> rows;
        private @Nullable KeyValue<String, V> current;

        Rows(KeyValueIterator<String, V> rows) {
            this.rows = rows;
            advance();
        }

        /** Those of an entity, which must come after the one of the last call. */
        List<KeyValue<String, V>> of(String entity) {
            List<KeyValue<String, V>> found = new ArrayList<>();
            while (current != null && !current.key.startsWith(entity) && isBefore(current.key, entity)) {
                advance();
            }
            while (current != null && current.key.startsWith(entity)) {
                found.add(current);
                advance();
            }
            return found;
        }

        private void advance() {
            current = rows.hasNext() ? rows.next() : null;
        }

        private static boolean isBefore(String key, String other) {
            return Arrays.compareUnsigned(key.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))
                    < 0;
        }
    }
}
