package io.tidewatch.notifier.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** When to look at which alarm again. Some are looked at only when something happens. Confined to one thread. */
final class Agenda {
    /** {@link Instant#MAX} for those without a time. */
    private final NavigableMap<String, Instant> times = new TreeMap<>();

    private final NavigableSet<Entry> inOrder = new TreeSet<>();

    private record Entry(Instant time, String alarmKey) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = time.compareTo(other.time);
            return byTime == 0 ? alarmKey.compareTo(other.alarmKey) : byTime;
        }
    }

    void put(String alarmKey, Optional<Instant> time) {
        remove(alarmKey);
        times.put(alarmKey, time.orElse(Instant.MAX));
        time.ifPresent(at -> inOrder.add(new Entry(at, alarmKey)));
    }

    void remove(String alarmKey) {
        Instant time = times.remove(alarmKey);
        if (time != null) {
            inOrder.remove(new Entry(time, alarmKey));
        }
    }

    /** The alarms whose time has come, the longest waiting first. They stay. */
    List<String> due(int atMost, Instant now) {
        return inOrder.stream()
                .takeWhile(entry -> !entry.time().isAfter(now))
                .limit(atMost)
                .map(Entry::alarmKey)
                .toList();
    }

    /** The alarms of a tenant, with and without a time. */
    List<String> ofTenant(String tenantId) {
        return new ArrayList<>(Keys.ofTenant(times, tenantId).keySet());
    }

    /** All alarms, with and without a time. */
    List<String> all() {
        return new ArrayList<>(times.keySet());
    }

    int size() {
        return times.size();
    }
}
