package io.tidewatch.streams.alarm.engine;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a zone from one observation to the next. Pure.
 *
 * <p>A memory is a record of a changelog, and stays below 900 KiB, so that Kafka takes it: the metrics of the newest result,
 * which is at most 256 KiB; the earlier values, at most {@link #MAX_CARRIED_BYTES}, 256 KiB; and the votes of at most 250
 * alarms, each with an id of at most 255 characters, a message of 128 and 32 bytes for the rest, or 1.2 KB if each character
 * takes three bytes, which is 292 KiB.
 */
public final class ZoneMemories {
    /** The metrics that the alarms of a check can name in functions. Source: a result has at most 500 metrics. */
    public static final int MAX_REMEMBERED = 500;

    /** Beyond it the oldest values are forgotten. Source: the sum above. */
    static final int MAX_CARRIED_BYTES = 256 * 1024;

    /** A carried value beside its name and text: type, time, and the texts' lengths. */
    private static final int CARRIED_OVERHEAD_BYTES = 24;

    private static final int MAX_BYTES_PER_CHARACTER = 3;

    private ZoneMemories() {}

    /**
     * The memory after a result that is newer than the one before.
     *
     * @param remembered the metrics whose earlier values some criteria asks for; of the others only the newest
     *     observation's are kept
     * @param votes by alarm id
     */
    public static ZoneMemory after(
            @Nullable ZoneMemory before, CheckResult result, Set<String> remembered, Map<String, ZoneVote> votes) {
        return new ZoneMemory(
                result.getTimestamp(),
                result.getAvailable(),
                result.getMetrics(),
                before == null ? Map.of() : carried(before, result, remembered),
                votes);
    }

    private static Map<String, CarriedMetric> carried(ZoneMemory before, CheckResult result, Set<String> remembered) {
        if (remembered.isEmpty()) {
            return Map.of();
        }
        Map<String, CarriedMetric> carried = new HashMap<>();
        for (String name : remembered) {
            boolean offeredNow = result.getAvailable() && result.getMetrics().containsKey(name);
            CarriedMetric earlier = offeredNow ? null : earlier(before, name);
            if (earlier != null) {
                carried.put(name, earlier);
            }
        }
        forgetOldest(carried);
        return carried;
    }

    /** Equally old ones go in the order of their names, so that a replay forgets the same. */
    private static void forgetOldest(Map<String, CarriedMetric> carried) {
        long sizeBytes = 0;
        for (Map.Entry<String, CarriedMetric> metric : carried.entrySet()) {
            sizeBytes += maxSizeBytes(metric);
        }
        if (sizeBytes <= MAX_CARRIED_BYTES) {
            return;
        }
        List<Map.Entry<String, CarriedMetric>> oldestFirst = new ArrayList<>(carried.entrySet());
        oldestFirst.sort(Comparator.comparing((Map.Entry<String, CarriedMetric> metric) ->
                        metric.getValue().getTimestamp())
                .thenComparing(Map.Entry::getKey));
        for (Map.Entry<String, CarriedMetric> metric : oldestFirst) {
            if (sizeBytes <= MAX_CARRIED_BYTES) {
                return;
            }
            sizeBytes -= maxSizeBytes(metric);
            carried.remove(metric.getKey());
        }
    }

    private static long maxSizeBytes(Map.Entry<String, CarriedMetric> metric) {
        int characters =
                metric.getKey().length() + (metric.getValue().getValue() instanceof String text ? text.length() : 0);
        return (long) MAX_BYTES_PER_CHARACTER * characters + CARRIED_OVERHEAD_BYTES;
    }

    /** A metric in the newest available observation that carried it; null when there was none. */
    static @Nullable CarriedMetric earlier(ZoneMemory before, String name) {
        Metric newest = before.getAvailable() ? before.getMetrics().get(name) : null;
        return newest != null
                ? new CarriedMetric(newest.getValue(), before.getTimestamp())
                : before.getCarried().get(name);
    }
}
