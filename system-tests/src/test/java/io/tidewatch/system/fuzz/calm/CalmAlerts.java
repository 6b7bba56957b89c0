package io.tidewatch.system.fuzz.calm;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.local.AlertLog;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The alert events of one tenant as they become readable, read on a thread of its own. */
final class CalmAlerts implements AutoCloseable {
    private final String tenant;
    private final Map<Place, Integer> counts = new HashMap<>();
    private final Map<Place, Long> arrivals = new HashMap<>();
    private final CompletableFuture<Void> end;
    private volatile boolean closed;

    /** A transition: that of an alarm by the results of a moment. */
    private record Place(String alarm, Instant at) {}

    CalmAlerts(KafkaSettings kafka, String tenant) {
        this.tenant = tenant;
        end = CompletableFuture.runAsync(() -> read(kafka), task -> new Thread(task, "calm-alerts").start());
    }

    /**
     * Waits for the transitions of some alarms at a moment.
     *
     * @return when the last of them arrived, in milliseconds; empty when one does not come
     */
    synchronized OptionalLong awaitAll(List<String> alarms, Instant at, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        Set<Place> missing =
                new HashSet<>(alarms.stream().map(alarm -> new Place(alarm, at)).toList());
        Set<Place> awaited = Set.copyOf(missing);
        while (true) {
            missing.removeAll(arrivals.keySet());
            long leftMs = Duration.ofNanos(until - System.nanoTime()).toMillis();
            if (missing.isEmpty()) {
                return awaited.stream().mapToLong(arrivals::get).max();
            } else if (leftMs <= 0 || end.isDone()) {
                return OptionalLong.empty();
            }
            wait(leftMs);
        }
    }

    /** How many transitions came more than once. */
    synchronized long repeated() {
        return counts.values().stream().filter(count -> count > 1).count();
    }

    /** How many different ones there were. */
    synchronized int count() {
        return counts.size();
    }

    @Override
    public void close() {
        closed = true;
        end.join();
    }

    private void read(KafkaSettings kafka) {
        try (AlertLog log = new AlertLog(kafka)) {
            while (!closed) {
                log.next().forEach(this::add);
            }
        }
    }

    private synchronized void add(AlertEvent event) {
        if (event.getTenantId().equals(tenant)) {
            Place place = new Place(event.getAlarmId(), event.getTimestamp());
            counts.merge(place, 1, Integer::sum);
            arrivals.putIfAbsent(place, System.currentTimeMillis());
            notifyAll();
        }
    }
}
