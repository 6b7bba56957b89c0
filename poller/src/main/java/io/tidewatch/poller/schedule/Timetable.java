package io.tidewatch.poller.schedule;

import io.tidewatch.topics.CheckPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which check is due when. Slots are moments of the wall clock; waiting is done on the monotonic one, and a step of the wall
 * clock moves a check by one period at most. Both clocks are given to every method. One thread at a time.
 */
final class Timetable {
    /** A check whose slot has come, and how long ago that was. */
    record Due(ScheduledCheck check, long lateNanos) {}

    private record Entry(ScheduledCheck check, Slots slots, Instant slot, long dueNanos) {}

    private final String zoneId;
    private final Map<CheckPath, Entry> entries = new HashMap<>();

    /** Readings of the monotonic clock are compared by their difference, because they may wrap around. */
    private final TreeSet<Entry> queue =
            new TreeSet<>(Comparator.comparing(Entry::dueNanos, (one, other) -> Long.signum(one - other))
                    .thenComparing(entry -> entry.check().path().toString()));

    Timetable(String zoneId) {
        this.zoneId = zoneId;
    }

    /** Enters a check, or replaces it. With an unchanged period it keeps the slot it was waiting for. */
    void put(ScheduledCheck check, Instant now, long nowNanos) {
        Slots slots = Slots.of(check.path(), zoneId, check.period());
        Entry known = entries.get(check.path());
        if (known != null && known.slots().equals(slots)) {
            enter(new Entry(check, slots, known.slot(), known.dueNanos()));
        } else {
            enter(entry(check, slots, slots.firstAfter(now), now, nowNanos));
        }
    }

    void remove(CheckPath path) {
        Entry known = entries.remove(path);
        if (known != null) {
            queue.remove(known);
        }
    }

    int size() {
        return entries.size();
    }

    /** Takes the checks whose slots have come, and enters each for its next slot. Slots that were missed are not made up for. */
    List<Due> takeDue(Instant now, long nowNanos) {
        List<Due> due = new ArrayList<>();
        while (!queue.isEmpty() && queue.first().dueNanos() - nowNanos <= 0) {
            Entry first = queue.first();
            due.add(new Due(first.check(), nowNanos - first.dueNanos()));
            Instant next = first.slots().next(first.slot(), now);
            enter(entry(first.check(), first.slots(), next, now, nowNanos));
        }
        return due;
    }

    /** How long to wait until the next check is due; empty when there is none. */
    OptionalLong nanosToNext(long nowNanos) {
        return queue.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(queue.first().dueNanos() - nowNanos);
    }

    private void enter(Entry entry) {
        remove(entry.check().path());
        entries.put(entry.check().path(), entry);
        queue.add(entry);
    }

    private static Entry entry(ScheduledCheck check, Slots slots, Instant slot, Instant now, long nowNanos) {
        return new Entry(
                check, slots, slot, nowNanos + Duration.between(now, slot).toNanos());
    }
}
