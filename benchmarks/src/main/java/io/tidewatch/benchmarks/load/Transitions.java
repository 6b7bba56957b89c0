package io.tidewatch.benchmarks.load;

import io.tidewatch.benchmarks.report.Latencies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Transitions on their way, by the event's id: who sends says when, and who reads says when. Thread-safe. */
public final class Transitions {
    private final Map<String, Departure> onTheirWay = new HashMap<>();
    private final List<Long> latenciesNanos = new ArrayList<>();
    private long expected;
    private long received;
    private long unexpected;

    private record Departure(long atNanos, boolean measured) {}

    /** @param measured whether its latency counts, or just its arrival */
    public synchronized void departed(String eventId, long atNanos, boolean measured) {
        expected++;
        onTheirWay.put(eventId, new Departure(atNanos, measured));
    }

    public synchronized void arrived(String eventId, long atNanos) {
        Departure departure = onTheirWay.remove(eventId);
        if (departure == null) {
            unexpected++;
            return;
        }
        received++;
        if (departure.measured()) {
            latenciesNanos.add(atNanos - departure.atNanos());
        }
    }

    public synchronized boolean complete() {
        return onTheirWay.isEmpty();
    }

    public synchronized long expected() {
        return expected;
    }

    /** Expected ones that have arrived. */
    public synchronized long received() {
        return received;
    }

    /** Arrivals that nobody expected: invented, or delivered twice. */
    public synchronized long unexpected() {
        return unexpected;
    }

    /** Why what came is not what had to come; none when it is. */
    public synchronized List<String> faults() {
        return expected == received && unexpected == 0
                ? List.of()
                : List.of(String.format(
                        "%d transitions were expected, %d of them came, and %d that were not expected",
                        expected, received, unexpected));
    }

    public synchronized Latencies latencies() {
        return new Latencies(latenciesNanos);
    }
}
