package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms evaluate which check's results in this task. Follows the configuration as it changes, and keeps stores and
 * engine in line with it.
 *
 * <p>Confined to the stream task's thread.
 */
final class AlarmDirectory {
    private final AlarmStores stores;
    private final AlarmMemories memories;
    private final WatchedChecks checks;

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

    AlarmDirectory(AlarmStores stores, AlarmMemories memories, WatchedChecks checks) {
        this.stores = stores;
        this.memories = memories;
        this.checks = checks;
    }

    /** {@code tenant/entity/check} of the check that an alarm judges. */
    static String checkKey(Alarm alarm) {
        return alarm.getTenantId() + "/" + alarm.getEntityId() + "/" + alarm.getCheckId();
    }

    /** The check that an alarm judges, if there is such an alarm. */
    Optional<String> checkOf(String alarmKey) {
        return Optional.ofNullable(stores.alarms().get(alarmKey)).map(AlarmDirectory::checkKey);
    }

    /** The shapes that a check's new configuration needs, those of its alarms. To be closed when it was taken in. */
    List<CriteriaShapes.Reservation> reserve(String checkKey, @Nullable Check now) {
        WatchedCheck watched = checks.get(checkKey);
        if (watched == null
                || now == null
                || !decidesDifferently(stores.checks().get(checkKey), now)) {
            return List.of();
        }
        return watched.alarms().stream()
                .limit(AlarmBounds.MAX_ALARMS)
                .flatMap(alarmKey -> checks.reserve(alarm(alarmKey)).stream())
                .toList();
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
            checks.listZones(watched, now);
            WatchedChecks.takeInNewest(watched, memories.zones(checkKey, watched.zones()));
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
            checks.withdraw(check, alarmKey);
            check.addIdle(alarmKey);
            memories.setDisabledReason(alarmKey, reason);
        });
    }

    /** Evaluates the alarm from now on, with empty runs and votes, if that is possible and wanted. */
    private void beginAnew(String alarmKey, Alarm alarm) {
        WatchedCheck watched = watched(alarm);
        Optional<WatchedAlarm> before = checks.withdrawForNow(watched, alarmKey);
        Check check = stores.checks().get(checkKey(alarm));
        Optional<String> reason = checks.place(watched, alarmKey, alarm, memories.state(alarmKey), check, Map.of());
        // Only now: if it has the same shape as before, its statement just goes on.
        before.ifPresent(checks::release);
        memories.setDisabledReason(alarmKey, reason.orElse(null));
    }

    private void forget(String alarmKey, Alarm alarm) {
        stores.alarms().delete(alarmKey);
        memories.forget(alarmKey);
        memories.dropVotes(checkKey(alarm), List.of(alarm.getAlarmId()));
        WatchedCheck watched = watched(alarm);
        checks.withdraw(watched, alarmKey);
        if (watched.hasNoAlarms()) {
            checks.drop(watched);
            memories.dropZones(checkKey(alarm));
        }
    }

    /** The check of an alarm; watched from now on if it wasn't, and then there are no memories of its zones yet. */
    private WatchedCheck watched(Alarm alarm) {
        String checkKey = checkKey(alarm);
        WatchedCheck known = checks.get(checkKey);
        return known == null ? checks.watch(checkKey, stores.checks().get(checkKey)) : known;
    }

    private Alarm alarm(String alarmKey) {
        return Objects.requireNonNull(stores.alarms().get(alarmKey), alarmKey);
    }

    /** The last part of each key. */
    private static List<String> ids(Collection<String> alarmKeys) {
        return alarmKeys.stream()
                .map(key -> key.substring(key.lastIndexOf('/') + 1))
                .toList();
    }

    private static boolean decidesDifferently(@Nullable Check before, @Nullable Check now) {
        if (before == null || now == null) {
            return before != null || now != null;
        }
        return before.getPeriodSeconds() != now.getPeriodSeconds()
                || !before.getType().equals(now.getType())
                || !WatchedChecks.zones(before).equals(WatchedChecks.zones(now));
    }

    private static boolean decidesDifferently(Alarm before, Alarm now) {
        return before.getDisabled() != now.getDisabled() || !Objects.equals(before.getCriteria(), now.getCriteria());
    }
}
