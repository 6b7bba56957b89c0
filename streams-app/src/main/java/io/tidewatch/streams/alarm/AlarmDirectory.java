package io.tidewatch.streams.alarm;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which alarms evaluate which check's results in this task. Follows the configuration as it changes, keeps stores and
 * engine in line with it, and builds itself anew from the stores when the task starts.
 *
 * <p>The engine knows the alarms that are evaluated, and no others. Confined to the stream task's thread.
 */
final class AlarmDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmDirectory.class);

    private final AlarmStores stores;
    private final AlarmMemories memories;
    private final AlarmEngine engine;
    private final LongSupplier caughtUpMs;
    private final Map<String, WatchedCheck> checks = new HashMap<>();

    /** Lists of zones, each once: most checks are polled from the same few. */
    private final Map<List<String>, List<String>> zoneLists = new HashMap<>();

    /** What a change of an alarm's configuration means. */
    enum Change {
        /** It was deleted, and had not been here. */
        UNKNOWN_BEFORE,
        /** It was deleted. */
        FORGOTTEN,
        /** Runs and votes go on as they were: a label changed, or the like. */
        SAME_DECISIONS,
        /** It begins with empty runs and votes, or is not evaluated. */
        DECIDES_ANEW
    }

    AlarmDirectory(AlarmStores stores, AlarmMemories memories, AlarmEngine engine, LongSupplier caughtUpMs) {
        this.stores = stores;
        this.memories = memories;
        this.engine = engine;
        this.caughtUpMs = caughtUpMs;
        restore();
    }

    /** The check with this key, if it has alarms. */
    @Nullable
    WatchedCheck check(String checkKey) {
        return checks.get(checkKey);
    }

    /** The checks that have alarms. */
    Collection<WatchedCheck> checks() {
        return checks.values();
    }

    /** {@code tenant/entity/check} of the check that an alarm judges. */
    static String checkKey(Alarm alarm) {
        return alarm.getTenantId() + "/" + alarm.getEntityId() + "/" + alarm.getCheckId();
    }

    /**
     * Takes in a check's new configuration.
     *
     * @param now null when the check was deleted
     * @return the keys of the alarms that begin anew because of it
     */
    List<String> changeCheck(String checkKey, @Nullable Check now) {
        Check before = stores.checks().get(checkKey);
        stores.checks().put(checkKey, now);
        WatchedCheck watched = checks.get(checkKey);
        if (watched != null) {
            listZones(watched, now);
            memories.zones(checkKey, watched.zones())
                    .forEach((zone, memory) -> watched.observedAt(
                            watched.indexOf(zone), memory.getTimestamp().toEpochMilli()));
        }
        if (watched == null || !decidesDifferently(before, now)) {
            return List.of();
        }
        List<String> alarmKeys = watched.alarms();
        memories.dropVotes(checkKey, ids(alarmKeys));
        memories.forgetUnlisted(checkKey, watched.zones());
        for (String alarmKey : alarmKeys) {
            beginAnew(alarmKey, alarm(alarmKey));
        }
        if (now == null) {
            memories.dropZones(checkKey);
        }
        return alarmKeys;
    }

    /**
     * Takes in an alarm's new configuration. Why an alarm can't be evaluated is in its {@link AlarmMemory} afterwards.
     *
     * @param now null when the alarm was deleted
     */
    Change changeAlarm(String alarmKey, @Nullable Alarm now) {
        Alarm before = stores.alarms().get(alarmKey);
        if (now == null) {
            if (before == null) {
                return Change.UNKNOWN_BEFORE;
            }
            forget(alarmKey, before);
            return Change.FORGOTTEN;
        }
        stores.alarms().put(alarmKey, now);
        if (before == null) {
            beginAnew(alarmKey, now);
            return Change.DECIDES_ANEW;
        }
        if (!decidesDifferently(before, now)) {
            watched(now).watchSilence(alarmKey, now.getUnknownWhenSilent());
            return Change.SAME_DECISIONS;
        }
        memories.dropVotes(checkKey(now), List.of(now.getAlarmId()));
        beginAnew(alarmKey, now);
        return Change.DECIDES_ANEW;
    }

    /**
     * Stops evaluating alarms of a check until their configuration, or the check's, changes.
     *
     * @param reasons by the alarm's key
     */
    void disable(WatchedCheck check, Map<String, String> reasons) {
        memories.dropVotes(check.key(), ids(reasons.keySet()));
        reasons.forEach((alarmKey, reason) -> {
            withdraw(check, alarmKey);
            check.addIdle(alarmKey);
            memories.setDisabledReason(alarmKey, reason);
        });
    }

    private void restore() {
        try (StoredEntities entities = new StoredEntities(stores)) {
            while (entities.hasNext()) {
                restore(entities.next());
            }
        }
    }

    private void restore(StoredEntities.StoredEntity entity) {
        for (StoredEntities.StoredAlarm stored : entity.alarms()) {
            String checkKey = checkKey(stored.alarm());
            Check check = entity.checks().get(checkKey);
            Map<String, ZoneMemory> zones = entity.zones().getOrDefault(checkKey, Map.of());
            WatchedCheck watched = checks.get(checkKey);
            if (watched == null) {
                watched = watch(checkKey, check);
                takeInNewest(watched, zones);
            }
            AlarmMemory memory = stored.memory();
            if (memory.getDisabledReason() != null) {
                watched.addIdle(stored.key());
            } else {
                place(watched, stored.key(), stored.alarm(), memory.getState(), check, zones)
                        .ifPresent(reason -> loseToUpgrade(stored.key(), reason));
            }
        }
    }

    /** Other versions of this program could evaluate the alarm, and this one can't. */
    private void loseToUpgrade(String alarmKey, String reason) {
        LOG.error("An alarm that was evaluated can't be any more alarmId={} reason={}", alarmKey, reason);
        memories.setDisabledReason(alarmKey, reason);
    }

    private static void takeInNewest(WatchedCheck watched, Map<String, ZoneMemory> zones) {
        List<String> listed = watched.zones();
        for (int zone = 0; zone < listed.size(); zone++) {
            ZoneMemory memory = zones.get(listed.get(zone));
            if (memory != null) {
                watched.observedAt(zone, memory.getTimestamp().toEpochMilli());
            }
        }
    }

    /** Evaluates the alarm from now on, with empty runs and votes, if that is possible and wanted. */
    private void beginAnew(String alarmKey, Alarm alarm) {
        WatchedCheck watched = watched(alarm);
        Optional<WatchedAlarm> before = watched.remove(alarmKey);
        before.ifPresent(active -> engine.forget(alarmKey));
        Check check = stores.checks().get(checkKey(alarm));
        Optional<String> reason = place(watched, alarmKey, alarm, memories.state(alarmKey), check, Map.of());
        // Only now: if it has the same shape as before, its statement just goes on.
        before.ifPresent(active -> engine.release(active.shape()));
        memories.setDisabledReason(alarmKey, reason.orElse(null));
    }

    /**
     * Puts an alarm where it belongs, active or idle.
     *
     * @param check its configuration; null when there is none
     * @param zones what the check's zones remember of the alarm's votes, among others
     * @return why it can't be evaluated; empty when it can, or isn't to be
     */
    private Optional<String> place(
            WatchedCheck watched,
            String alarmKey,
            Alarm alarm,
            State state,
            @Nullable Check check,
            Map<String, ZoneMemory> zones) {
        if (alarm.getDisabled()) {
            watched.addIdle(alarmKey);
            return Optional.empty();
        }
        Optional<String> reason = AlarmBounds.objection(watched, check);
        if (reason.isPresent()) {
            watched.addIdle(alarmKey);
            return reason;
        }
        try {
            Criteria criteria = CriteriaParser.parse(alarm.getCriteria() == null ? "" : alarm.getCriteria());
            CriteriaShapes.Prepared prepared = engine.shapes().prepare(criteria);
            if (check == null) {
                watched.addIdle(alarmKey);
                return Optional.empty();
            }
            WatchedAlarm added = WatchedAlarm.of(
                    alarmKey, alarm, prepared, check, watched.zones().size());
            return activate(watched, added, prepared.shape(), state, votes(added.id(), watched.zones(), zones));
        } catch (CriteriaException e) {
            watched.addIdle(alarmKey);
            return Optional.of("criteria, line " + e.line() + " column " + e.column() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            watched.addIdle(alarmKey);
            return Optional.of("criteria: " + e.getMessage());
        }
    }

    /** Evaluates an alarm from now on, unless it is too much for its check: then gives the reason. */
    private Optional<String> activate(
            WatchedCheck watched,
            WatchedAlarm added,
            CriteriaShapes.Shape shape,
            State state,
            List<@Nullable ZoneVote> votes) {
        Optional<String> reason = AlarmBounds.objection(watched, added);
        if (reason.isPresent()) {
            watched.addIdle(added.key());
            return reason;
        }
        engine.acquire(shape);
        engine.seed(added.key(), state, votes);
        watched.activate(added);
        return Optional.empty();
    }

    /** An alarm's votes, one for each listed zone; null for one that has not voted. */
    private static List<@Nullable ZoneVote> votes(
            String alarmId, List<String> listed, Map<String, ZoneMemory> remembered) {
        List<@Nullable ZoneVote> votes = new ArrayList<>(listed.size());
        for (String zone : listed) {
            ZoneMemory memory = remembered.get(zone);
            votes.add(memory == null ? null : memory.getVotes().get(alarmId));
        }
        return votes;
    }

    /** Takes an alarm out of its check and the engine, if it is there. */
    private void withdraw(WatchedCheck watched, String alarmKey) {
        watched.remove(alarmKey).ifPresent(active -> {
            engine.forget(alarmKey);
            engine.release(active.shape());
        });
    }

    private void forget(String alarmKey, Alarm alarm) {
        stores.alarms().delete(alarmKey);
        memories.forget(alarmKey);
        memories.dropVotes(checkKey(alarm), List.of(alarm.getAlarmId()));
        WatchedCheck watched = watched(alarm);
        withdraw(watched, alarmKey);
        if (watched.hasNoAlarms()) {
            checks.remove(checkKey(alarm));
            memories.dropZones(checkKey(alarm));
        }
    }

    /** The last part of each key. */
    private static List<String> ids(Collection<String> alarmKeys) {
        return alarmKeys.stream()
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .toList();
    }

    /** The check of an alarm; watched from now on if it wasn't, and then there are no memories of its zones yet. */
    private WatchedCheck watched(Alarm alarm) {
        String checkKey = checkKey(alarm);
        WatchedCheck known = checks.get(checkKey);
        if (known != null) {
            return known;
        }
        return watch(checkKey, stores.checks().get(checkKey));
    }

    private WatchedCheck watch(String checkKey, @Nullable Check check) {
        WatchedCheck watched = new WatchedCheck(checkKey);
        checks.put(checkKey, watched);
        listZones(watched, check);
        return watched;
    }

    private void listZones(WatchedCheck watched, @Nullable Check check) {
        List<String> zones = check == null ? List.of() : zones(check);
        boolean reporting = check != null && !check.getDisabled();
        watched.setZones(zoneLists.computeIfAbsent(zones, list -> list), reporting, caughtUpMs.getAsLong());
    }

    private Alarm alarm(String alarmKey) {
        return Objects.requireNonNull(stores.alarms().get(alarmKey), alarmKey);
    }

    private static boolean decidesDifferently(@Nullable Check before, @Nullable Check now) {
        if (before == null || now == null) {
            return before != null || now != null;
        }
        return before.getPeriodSeconds() != now.getPeriodSeconds()
                || !before.getType().equals(now.getType())
                || !zones(before).equals(zones(now));
    }

    private static boolean decidesDifferently(Alarm before, Alarm now) {
        return before.getDisabled() != now.getDisabled() || !Objects.equals(before.getCriteria(), now.getCriteria());
    }

    /** Whose observations count, in order: the zones that the check lists, or the empty string for an agent. */
    private static List<String> zones(Check check) {
        return check.getMonitoringZonesPoll().isEmpty()
                ? List.of("")
                : new HashSet<>(check.getMonitoringZonesPoll())
                        .stream().sorted().toList();
    }
}
