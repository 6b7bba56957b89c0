package io.tidewatch.streams.alarm;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the alarms of one stream task remember: each alarm's state, and for each zone of a check the newest observation
 * with the runs and votes of its alarms. The only class that writes these two stores. Confined to the stream task's
 * thread.
 *
 * <p>Keys: {@code alarmKey} is {@code tenant/entity/alarm}, {@code checkKey} is {@code tenant/entity/check}.
 */
final class AlarmMemories {
    /** A reason may quote what its alarm's owner wrote. */
    private static final int MAX_REASON_LENGTH = 1000;

    /** Zones that a check lists no more, and may list again: as many as it can list at all. */
    private static final int MAX_UNLISTED_ZONES = AlarmBounds.MAX_ZONES;

    private final KeyValueStore<String, AlarmMemory> alarms;
    private final KeyValueStore<String, ZoneMemory> zones;

    AlarmMemories(AlarmStores stores) {
        this.alarms = stores.memories();
        this.zones = stores.zones();
    }

    /** What an alarm remembers. There must be such an alarm. */
    AlarmMemory alarm(String alarmKey) {
        return Objects.requireNonNull(alarms.get(alarmKey), alarmKey);
    }

    /** What an alarm remembers, new or not. */
    AlarmMemory known(String alarmKey) {
        AlarmMemory memory = alarms.get(alarmKey);
        return memory == null ? new AlarmMemory(State.UNKNOWN, State.UNKNOWN, null, "", null) : memory;
    }

    /** An alarm's state; UNKNOWN for one that is new. */
    State state(String alarmKey) {
        AlarmMemory memory = alarms.get(alarmKey);
        return memory == null ? State.UNKNOWN : memory.getState();
    }

    /**
     * Remembers whether an alarm is evaluated, new or not. Its state stays.
     *
     * @param disabledReason why it can't be; null when it is, or isn't to be
     */
    void setDisabledReason(String alarmKey, @Nullable String disabledReason) {
        AlarmMemory changed = known(alarmKey);
        changed.setDisabledReason(disabledReason == null ? null : shortened(disabledReason));
        alarms.put(alarmKey, changed);
    }

    /** Remembers the state that a transition of an alarm leads to. */
    void change(String alarmKey, AlertEvent transition) {
        alarms.put(
                alarmKey,
                new AlarmMemory(
                        transition.getState(),
                        transition.getPreviousState(),
                        transition.getTimestamp(),
                        transition.getStatus(),
                        null));
    }

    /** Forgets an alarm's state, but not its votes: see {@link #dropVotes}. */
    void forget(String alarmKey) {
        alarms.delete(alarmKey);
    }

    /** What is remembered of a zone; null when it was never observed from. */
    @Nullable
    ZoneMemory zone(String checkKey, String zone) {
        return zones.get(key(checkKey, zone));
    }

    void putZone(String checkKey, String zone, ZoneMemory memory) {
        zones.put(key(checkKey, zone), memory);
    }

    /** The memories of some zones, in their order; those that were never observed from are left out. */
    Map<String, ZoneMemory> zones(String checkKey, List<String> listed) {
        Map<String, ZoneMemory> found = new LinkedHashMap<>();
        for (String zone : listed) {
            ZoneMemory memory = zone(checkKey, zone);
            if (memory != null) {
                found.put(zone, memory);
            }
        }
        return found;
    }

    /** Forgets what some alarms counted. */
    void dropVotes(String checkKey, Collection<String> alarmIds) {
        allZones(checkKey).forEach((zone, memory) -> {
            if (memory.getVotes().keySet().removeAll(alarmIds)) {
                putZone(checkKey, zone, memory);
            }
        });
    }

    /** Forgets the oldest zones that a check does not list any more, so that they don't pile up with each change. */
    void forgetUnlisted(String checkKey, List<String> listed) {
        Map<String, ZoneMemory> unlisted = allZones(checkKey);
        unlisted.keySet().removeAll(listed);
        Comparator<Map.Entry<String, ZoneMemory>> newestFirst =
                Comparator.comparing(entry -> entry.getValue().getTimestamp(), Comparator.reverseOrder());
        unlisted.entrySet().stream()
                .sorted(newestFirst.thenComparing(Map.Entry::getKey))
                .skip(MAX_UNLISTED_ZONES)
                .forEach(entry -> zones.delete(key(checkKey, entry.getKey())));
    }

    /** Forgets all that was observed of a check. */
    void dropZones(String checkKey) {
        allZones(checkKey).keySet().forEach(zone -> zones.delete(key(checkKey, zone)));
    }

    /** All zones that a check was ever observed from. */
    private Map<String, ZoneMemory> allZones(String checkKey) {
        String prefix = key(checkKey, "");
        Map<String, ZoneMemory> found = new LinkedHashMap<>();
        try (KeyValueIterator<String, ZoneMemory> rows = zones.prefixScan(prefix, new StringSerializer())) {
            while (rows.hasNext()) {
                KeyValue<String, ZoneMemory> row = rows.next();
                found.put(row.key.substring(prefix.length()), row.value);
            }
        }
        return found;
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }

    private static String key(String checkKey, String zone) {
        return checkKey + "/" + zone;
    }
}
