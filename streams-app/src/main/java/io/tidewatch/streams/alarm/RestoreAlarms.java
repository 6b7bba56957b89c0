package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a starting task's alarms where they were, from the stores, before its first record. Checks whose criteria take too long
 * to be compiled are postponed, so that one tenant's many criteria don't hold up everybody's alarms; their results have to
 * wait until they are {@linkplain #resume resumed}. Confined to the stream task's thread.
 */
final class RestoreAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreAlarms.class);

    private final AlarmStores stores;
    private final AlarmMemories memories;
    private final WatchedChecks checks;
    private final List<Postponed> postponed = new ArrayList<>();

    /**
     * A check that is not watched yet.
     *
     * @param alarmKeys its alarms
     * @param needed the shapes that they wait for
     */
    record Postponed(String checkKey, List<String> alarmKeys, List<CriteriaShapes.Reservation> needed) {}

    RestoreAlarms(AlarmStores stores, AlarmMemories memories, WatchedChecks checks) {
        this.stores = stores;
        this.memories = memories;
        this.checks = checks;
    }

    /** Restores all checks, and returns those that have to wait. */
    List<Postponed> run() {
        try (StoredEntities entities = new StoredEntities(stores)) {
            while (entities.hasNext()) {
                restore(entities.next());
            }
        }
        return List.copyOf(postponed);
    }

    /** Restores a check that was postponed. */
    void resume(Postponed check) {
        List<StoredEntities.StoredAlarm> alarms = check.alarmKeys().stream()
                .map(key -> new StoredEntities.StoredAlarm(key, alarm(key), memories.alarm(key)))
                .toList();
        Check config = stores.checks().get(check.checkKey());
        List<String> listed = config == null ? List.of() : WatchedChecks.zones(config);
        Map<String, ZoneMemory> zones = memories.zones(check.checkKey(), listed);
        WatchedCheck watched = watch(check.checkKey(), config, zones);
        alarms.forEach(alarm -> restore(watched, alarm, config, zones).ifPresent(reason -> lose(alarm.key(), reason)));
        check.needed().forEach(CriteriaShapes.Reservation::close);
    }

    private void restore(StoredEntities.StoredEntity entity) {
        Map<String, List<StoredEntities.StoredAlarm>> alarmsByCheck = new LinkedHashMap<>();
        for (StoredEntities.StoredAlarm stored : entity.alarms()) {
            alarmsByCheck
                    .computeIfAbsent(AlarmDirectory.checkKey(stored.alarm()), key -> new ArrayList<>(1))
                    .add(stored);
        }
        alarmsByCheck.forEach((checkKey, alarms) -> restore(
                checkKey, alarms, entity.checks().get(checkKey), entity.zones().getOrDefault(checkKey, Map.of())));
    }

    private void restore(
            String checkKey,
            List<StoredEntities.StoredAlarm> alarms,
            @Nullable Check check,
            Map<String, ZoneMemory> zones) {
        WatchedCheck watched = watch(checkKey, check, zones);
        for (StoredEntities.StoredAlarm alarm : alarms) {
            Optional<String> reason = restore(watched, alarm, check, zones);
            if (isNotCompiled(reason)) {
                reason = restoreOnceCompiled(watched, alarm, check, zones);
            }
            if (isNotCompiled(reason)) {
                postpone(watched, alarms);
                return;
            }
            reason.ifPresent(text -> lose(alarm.key(), text));
        }
    }

    private WatchedCheck watch(String checkKey, @Nullable Check check, Map<String, ZoneMemory> zones) {
        WatchedCheck watched = checks.watch(checkKey, check);
        WatchedChecks.takeInNewest(watched, zones);
        return watched;
    }

    /** Returns why the alarm can't be where it was. */
    private Optional<String> restore(
            WatchedCheck watched,
            StoredEntities.StoredAlarm stored,
            @Nullable Check check,
            Map<String, ZoneMemory> zones) {
        AlarmMemory memory = stored.memory();
        if (memory.getDisabledReason() != null) {
            watched.addIdle(stored.key());
            return Optional.empty();
        }
        return checks.place(watched, stored.key(), stored.alarm(), memory.getState(), check, zones);
    }

    private Optional<String> restoreOnceCompiled(
            WatchedCheck watched,
            StoredEntities.StoredAlarm stored,
            @Nullable Check check,
            Map<String, ZoneMemory> zones) {
        List<CriteriaShapes.Reservation> needed = checks.reserve(stored.alarm());
        needed.forEach(CriteriaShapes.Reservation::awaitAtStart);
        checks.withdraw(watched, stored.key());
        Optional<String> reason = restore(watched, stored, check, zones);
        needed.forEach(CriteriaShapes.Reservation::close);
        return reason;
    }

    private void postpone(WatchedCheck watched, List<StoredEntities.StoredAlarm> alarms) {
        checks.drop(watched);
        postponed.add(new Postponed(
                watched.key(),
                alarms.stream().map(StoredEntities.StoredAlarm::key).toList(),
                alarms.stream()
                        .filter(stored -> stored.memory().getDisabledReason() == null)
                        .flatMap(stored -> checks.reserve(stored.alarm()).stream())
                        .toList()));
    }

    private static boolean isNotCompiled(Optional<String> reason) {
        return reason.filter(WatchedChecks.NOT_COMPILED::equals).isPresent();
    }

    /** Other versions of this program could evaluate the alarm, and this one can't. */
    private void lose(String alarmKey, String reason) {
        LOG.error("An alarm that was evaluated can't be any more alarmId={} reason={}", alarmKey, reason);
        memories.setDisabledReason(alarmKey, reason);
    }

    private Alarm alarm(String alarmKey) {
        return Objects.requireNonNull(stores.alarms().get(alarmKey), alarmKey);
    }
}
