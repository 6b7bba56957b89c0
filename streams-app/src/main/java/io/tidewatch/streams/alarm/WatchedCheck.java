package io.tidewatch.streams.alarm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A check with alarms, as one stream task sees it: who evaluates its results. Everything here can be told again from the
 * stores. Confined to the stream task's thread.
 */
final class WatchedCheck {
    private final List<WatchedAlarm> active = new ArrayList<>(1);
    private final List<String> idle = new ArrayList<>(0);
    private Set<String> zones = Set.of();
    private OptionalLong newestAt = OptionalLong.empty();

    /** The alarms that are evaluated. */
    List<WatchedAlarm> active() {
        return active;
    }

    /** The keys of all alarms of this check, also of those that are disabled or can't be evaluated. */
    List<String> alarms() {
        List<String> keys = new ArrayList<>(idle);
        active.forEach(alarm -> keys.add(alarm.key()));
        return keys;
    }

    void activate(WatchedAlarm alarm) {
        active.add(alarm);
    }

    void idle(String alarmKey) {
        idle.add(alarmKey);
    }

    /**
     * Takes an alarm out.
     *
     * @return the alarm, if it was active
     */
    Optional<WatchedAlarm> remove(String alarmKey) {
        idle.remove(alarmKey);
        for (int i = 0; i < active.size(); i++) {
            if (active.get(i).key().equals(alarmKey)) {
                return Optional.of(active.remove(i));
            }
        }
        return Optional.empty();
    }

    boolean hasNoAlarms() {
        return active.isEmpty() && idle.isEmpty();
    }

    /** Whose observations count; the empty string stands for an agent. */
    Set<String> zones() {
        return zones;
    }

    void zones(Set<String> listed) {
        zones = Set.copyOf(listed);
        newestAt = OptionalLong.empty();
    }

    /** The metrics whose earlier values a criteria of this check asks for. */
    Set<String> remembered() {
        if (active.size() == 1) {
            return active.get(0).remembered();
        }
        Set<String> metrics = new HashSet<>();
        active.forEach(alarm -> metrics.addAll(alarm.remembered()));
        return metrics;
    }

    /** The newest observation time in any listed zone, in milliseconds since the epoch; empty when nobody has looked. */
    OptionalLong newestAt() {
        return newestAt;
    }

    void newestAt(long timestampMs) {
        newestAt = OptionalLong.of(timestampMs);
    }
}
