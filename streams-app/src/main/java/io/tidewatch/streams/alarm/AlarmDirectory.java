package io.tidewatch.streams.alarm;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms evaluate which check's results in this task. Follows the configuration as it changes, keeps stores and
 * engine in line with it, and builds itself anew from the stores when the task starts.
 *
 * <p>Confined to the stream task's thread.
 */
final class AlarmDirectory {
    private final AlarmStores stores;
    private final AlarmEngine engine;
    private final Map<String, WatchedCheck> checks = new HashMap<>();

    AlarmDirectory(AlarmStores stores, AlarmEngine engine) {
        this.stores = stores;
        this.engine = engine;
        restore();
    }

    /** The check with this key, if it has alarms. */
    @Nullable
    WatchedCheck check(String checkKey) {
        return checks.get(checkKey);
    }

    /** Since when an observation has to be for its zone's vote to count now; empty when the alarm isn't evaluated. */
    Optional<Instant> freshFrom(String alarmKey, Alarm alarm) {
        WatchedCheck watched = checks.get(checkKey(alarm));
        if (watched == null || watched.newestAt().isEmpty()) {
            return Optional.empty();
        }
        Instant newest = Instant.ofEpochMilli(watched.newestAt().getAsLong());
        return watched.active().stream()
                .filter(active -> active.key().equals(alarmKey))
                .findFirst()
                .map(active -> newest.minus(active.window()));
    }

    /**
     * Takes in a check's new configuration.
     *
     * @param now null when the check was deleted
     * @return the keys of the alarms whose zones' votes were dropped by it, or that are evaluated no more, or again
     */
    List<String> changeCheck(String checkKey, @Nullable Check now) {
        Check before = stores.checks().get(checkKey);
        stores.checks().put(checkKey, now);
        WatchedCheck watched = checks.get(checkKey);
        if (watched == null) {
            return List.of();
        }
        boolean differently = before != null && (now == null || decidesDifferently(before, now));
        List<String> changed = new ArrayList<>();
        for (String alarmKey : watched.alarms()) {
            if (differently) {
                dropVotes(alarmKey);
            }
            AlarmMemory memory = Objects.requireNonNull(stores.memories().get(alarmKey));
            Optional<String> reasonBefore = Optional.ofNullable(memory.getDisabledReason());
            Alarm alarm = Objects.requireNonNull(stores.alarms().get(alarmKey));
            if (!placeAndRemember(alarmKey, alarm, memory).equals(reasonBefore) || differently) {
                changed.add(alarmKey);
            }
        }
        if (now == null) {
            stores.dropZones(checkKey);
        }
        return changed;
    }

    /**
     * Takes in an alarm's new configuration.
     *
     * @param now null when the alarm was deleted
     * @return why the alarm can't be evaluated; empty when it can, or when its owner wants it off
     */
    Optional<String> changeAlarm(String alarmKey, @Nullable Alarm now) {
        Alarm before = stores.alarms().get(alarmKey);
        if (now == null) {
            if (before != null) {
                forget(alarmKey, before);
            }
            return Optional.empty();
        }
        stores.alarms().put(alarmKey, now);
        AlarmMemory memory = stores.memories().get(alarmKey);
        if (memory == null) {
            memory = new AlarmMemory(State.UNKNOWN, State.UNKNOWN, null, "", null);
            engine.seed(alarmKey, State.UNKNOWN);
        } else if (before == null || decidesDifferently(before, now)) {
            dropVotes(alarmKey);
        }
        return placeAndRemember(alarmKey, now, memory);
    }

    /** Stops evaluating an alarm until its configuration changes. */
    void disable(WatchedAlarm alarm, String reason) {
        Alarm config = Objects.requireNonNull(stores.alarms().get(alarm.key()));
        WatchedCheck watched = withdraw(alarm.key(), config);
        watched.idle(alarm.key());
        dropVotes(alarm.key());
        AlarmMemory memory = Objects.requireNonNull(stores.memories().get(alarm.key()));
        memory.setDisabledReason(reason);
        stores.memories().put(alarm.key(), memory);
    }

    private void restore() {
        try (KeyValueIterator<String, AlarmMemory> rows = stores.memories().all()) {
            rows.forEachRemaining(row -> engine.seed(row.key, row.value.getState()));
        }
        try (KeyValueIterator<String, ZoneVote> rows = stores.votes().all()) {
            while (rows.hasNext()) {
                KeyValue<String, ZoneVote> row = rows.next();
                int zoneAt = row.key.lastIndexOf('/');
                engine.seed(row.key.substring(0, zoneAt), row.key.substring(zoneAt + 1), row.value);
            }
        }
        try (KeyValueIterator<String, Alarm> rows = stores.alarms().all()) {
            while (rows.hasNext()) {
                KeyValue<String, Alarm> row = rows.next();
                AlarmMemory memory = stores.memories().get(row.key);
                if (memory != null && memory.getDisabledReason() != null) {
                    withdraw(row.key, row.value).idle(row.key);
                } else {
                    place(row.key, row.value);
                }
            }
        }
    }

    private Optional<String> placeAndRemember(String alarmKey, Alarm alarm, AlarmMemory memory) {
        Optional<String> reason = place(alarmKey, alarm);
        memory.setDisabledReason(reason.orElse(null));
        stores.memories().put(alarmKey, memory);
        return reason;
    }

    /** Puts an alarm where it belongs, active or idle. */
    private Optional<String> place(String alarmKey, Alarm alarm) {
        WatchedCheck watched = withdraw(alarmKey, alarm);
        Check check = stores.checks().get(checkKey(alarm));
        watched.zones(check == null ? Set.of() : zones(check));
        if (check == null || alarm.getDisabled()) {
            watched.idle(alarmKey);
            return Optional.empty();
        }
        try {
            Criteria criteria = CriteriaParser.parse(alarm.getCriteria() == null ? "" : alarm.getCriteria());
            CriteriaShape shape = new CriteriaShape(criteria);
            CriteriaShapes.Shape compiled = engine.shapes().shape(shape.epl());
            engine.acquire(compiled);
            watched.activate(WatchedAlarm.of(alarmKey, compiled.number(), shape, criteria, check));
            return Optional.empty();
        } catch (CriteriaException e) {
            watched.idle(alarmKey);
            return Optional.of("criteria, line " + e.line() + " column " + e.column() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            watched.idle(alarmKey);
            return Optional.of("criteria: " + e.getMessage());
        }
    }

    /** Takes an alarm out of its check, if it is there, and gives back the check. */
    private WatchedCheck withdraw(String alarmKey, Alarm alarm) {
        WatchedCheck watched = checks.computeIfAbsent(checkKey(alarm), key -> new WatchedCheck());
        watched.remove(alarmKey).ifPresent(active -> engine.release(active.shape()));
        return watched;
    }

    private void forget(String alarmKey, Alarm alarm) {
        stores.alarms().delete(alarmKey);
        stores.memories().delete(alarmKey);
        stores.dropVotes(alarmKey);
        engine.forget(alarmKey);
        if (withdraw(alarmKey, alarm).hasNoAlarms()) {
            checks.remove(checkKey(alarm));
            stores.dropZones(checkKey(alarm));
        }
    }

    private void dropVotes(String alarmKey) {
        stores.dropVotes(alarmKey);
        engine.dropVotes(alarmKey);
    }

    private static boolean decidesDifferently(Check before, Check now) {
        return before.getPeriodSeconds() != now.getPeriodSeconds()
                || !before.getType().equals(now.getType())
                || !zones(before).equals(zones(now));
    }

    private static boolean decidesDifferently(Alarm before, Alarm now) {
        return before.getDisabled() != now.getDisabled() || !Objects.equals(before.getCriteria(), now.getCriteria());
    }

    /** Whose observations count: the zones that the check lists, or the empty string for an agent. */
    private static Set<String> zones(Check check) {
        return check.getMonitoringZonesPoll().isEmpty() ? Set.of("") : new HashSet<>(check.getMonitoringZonesPoll());
    }

    private static String checkKey(Alarm alarm) {
        return alarm.getTenantId() + "/" + alarm.getEntityId() + "/" + alarm.getCheckId();
    }
}
