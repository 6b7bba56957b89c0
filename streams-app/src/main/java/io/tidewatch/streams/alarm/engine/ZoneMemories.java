package io.tidewatch.streams.alarm.engine;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is remembered of a zone from one observation to the next. Pure. */
public final class ZoneMemories {
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
        return carried;
    }

    /** A metric in the newest available observation that carried it; null when there was none. */
    static @Nullable CarriedMetric earlier(ZoneMemory before, String name) {
        Metric newest = before.getAvailable() ? before.getMetrics().get(name) : null;
        return newest != null
                ? new CarriedMetric(newest.getValue(), before.getTimestamp())
                : before.getCarried().get(name);
    }
}
