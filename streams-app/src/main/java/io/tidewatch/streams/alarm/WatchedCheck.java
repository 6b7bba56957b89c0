package io.tidewatch.streams.alarm;

import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import io.tidewatch.streams.alarm.engine.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A check with alarms, as one stream task sees it: who evaluates its results, and when its zones were heard last.
 * Everything here can be rebuilt from the stores. Confined to the stream task's thread.
 */
final class WatchedCheck {
    private final String key;
    private final List<WatchedAlarm> active = new ArrayList<>(1);
    private final List<String> idle = new ArrayList<>(0);
    private List<String> zones = List.of();
    private long[] newestAtMs = {};
    private long heardAtMs;
    private long silenceSeenMs;
    private boolean reporting;
    private boolean undecided = true;
    private long standingSteps;
    private boolean budgeted;
    private @Nullable Set<String> remembered = Set.of();

    /** What was known before an observation: the newest of its zone, and of all zones. */
    record Before(int zone, long zoneNewestAtMs, long checkNewestAtMs) {}

    WatchedCheck(String key) {
        this.key = key;
    }

    /** {@code tenant/entity/check}. */
    String key() {
        return key;
    }

    /** The alarms that are evaluated. */
    List<WatchedAlarm> active() {
        return active;
    }

    /**
     * The keys of all alarms of this check, also of those that are disabled or can't be evaluated: those that are evaluated
     * first, each kind in the order of the keys.
     */
    List<String> alarms() {
        List<String> keys = new ArrayList<>();
        active.stream().map(WatchedAlarm::key).sorted().forEach(keys::add);
        idle.stream().sorted().forEach(keys::add);
        return keys;
    }

    Optional<WatchedAlarm> active(String alarmKey) {
        return active.stream().filter(alarm -> alarm.key().equals(alarmKey)).findFirst();
    }

    /** Adds an alarm that is evaluated. */
    void activate(WatchedAlarm alarm) {
        active.add(alarm);
        counted(alarm.standingSteps());
    }

    /** Sets whether an alarm is to become UNKNOWN with silence, if it is active. */
    void watchSilence(String alarmKey, boolean unknownWhenSilent) {
        active.replaceAll(
                alarm -> alarm.key().equals(alarmKey) ? alarm.withUnknownWhenSilent(unknownWhenSilent) : alarm);
    }

    /** Adds an alarm that is not evaluated. */
    void addIdle(String alarmKey) {
        idle.add(alarmKey);
    }

    /**
     * Takes an alarm out.
     *
     * @return the alarm, if it was active
     */
    Optional<WatchedAlarm> remove(String alarmKey) {
        idle.remove(alarmKey);
        Optional<WatchedAlarm> found = active(alarmKey);
        found.ifPresent(alarm -> {
            active.remove(alarm);
            counted(-alarm.standingSteps());
        });
        return found;
    }

    private void counted(long steps) {
        standingSteps += steps;
        budgeted = WorkBudget.mayBeExceededBy(active);
        remembered = null;
    }

    /** Whether a result can be too much for the active alarms together: see {@link WorkBudget#excess}. */
    boolean isBudgeted() {
        return budgeted;
    }

    /** What each result costs the active alarms together, whatever is in it, in the steps of {@link WorkBudget}. */
    long standingSteps() {
        return standingSteps;
    }

    boolean hasNoAlarms() {
        return active.isEmpty() && idle.isEmpty();
    }

    /** Whose observations count, in order; the empty string stands for an agent. */
    List<String> zones() {
        return zones;
    }

    /**
     * Sets which zones report; none has been heard until {@link #observedAt}.
     *
     * @param listed in order
     * @param expected whether they are to report at all
     * @param nowMs on the clock of {@link CaughtUpTime}: silence is counted from here
     */
    void setZones(List<String> listed, boolean expected, long nowMs) {
        zones = listed;
        newestAtMs = new long[listed.size()];
        Arrays.fill(newestAtMs, AlarmEngine.NEVER_MS);
        reporting = expected;
        heardAt(nowMs);
    }

    /** Where a zone stands among {@link #zones}; negative when it isn't listed. */
    int indexOf(String zone) {
        return zones.indexOf(zone);
    }

    /**
     * Takes in the newest observation of a zone. Times are milliseconds since the epoch.
     *
     * @return what was known before it
     */
    Before observedAt(int zone, long timestampMs) {
        Before before = new Before(zone, newestAtMs[zone], newestAtMs());
        newestAtMs[zone] = timestampMs;
        return before;
    }

    /** Whether, since then, any zone became fresh or went stale for an alarm with this window. */
    boolean freshnessChanged(Before before, long windowMs) {
        long nowMs = newestAtMs();
        for (int zone = 0; zone < newestAtMs.length; zone++) {
            long earlierMs = zone == before.zone() ? before.zoneNewestAtMs() : newestAtMs[zone];
            if (isFresh(earlierMs, before.checkNewestAtMs(), windowMs) != isFresh(newestAtMs[zone], nowMs, windowMs)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an alarm's state may be another than its votes say: after a start, and after silence. */
    boolean isUndecided() {
        return undecided;
    }

    void markUndecided() {
        undecided = true;
    }

    void markDecided() {
        undecided = false;
    }

    /**
     * Takes in that a zone has reported: silence is counted from here.
     *
     * @param nowMs on the clock of {@link CaughtUpTime}, which may be a step behind
     */
    void heardAt(long nowMs) {
        heardAtMs = nowMs + CaughtUpTime.RESOLUTION.toMillis();
        silenceSeenMs = 0;
    }

    /**
     * The active alarms for which silence has become too long since the last call.
     *
     * @param nowMs on the clock of {@link CaughtUpTime}
     */
    List<WatchedAlarm> newlySilent(long nowMs) {
        long silentMs = reporting ? nowMs - heardAtMs : 0;
        if (silentMs == silenceSeenMs) {
            return List.of();
        }
        long seenMs = silenceSeenMs;
        silenceSeenMs = silentMs;
        return active.stream()
                .filter(alarm -> alarm.unknownWhenSilent())
                .filter(alarm -> seenMs <= alarm.silenceMs() && alarm.silenceMs() < silentMs)
                .toList();
    }

    /** The newest observation time in any listed zone, in milliseconds since the epoch, or {@link AlarmEngine#NEVER_MS}. */
    long newestAtMs() {
        long newest = AlarmEngine.NEVER_MS;
        for (long timestampMs : newestAtMs) {
            newest = Math.max(newest, timestampMs);
        }
        return newest;
    }

    /** The metrics whose earlier values a criteria of this check asks for. */
    Set<String> remembered() {
        if (remembered == null) {
            remembered = active.size() == 1
                    ? active.get(0).wording().remembered()
                    : active.stream()
                            .flatMap(alarm -> alarm.wording().remembered().stream())
                            .collect(Collectors.toUnmodifiableSet());
        }
        return remembered;
    }

    private static boolean isFresh(long observedAtMs, long nowMs, long windowMs) {
        return observedAtMs != AlarmEngine.NEVER_MS && observedAtMs >= nowMs - windowMs;
    }
}
