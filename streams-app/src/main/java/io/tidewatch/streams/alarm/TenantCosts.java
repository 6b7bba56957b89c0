package io.tidewatch.streams.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What each tenant costs the threads that decide, so that an operator finds who it is. Publishes the last full minute, of the
 * ten tenants that took the most time, and of all others together with the tag {@code *}: the number of series is bounded,
 * whatever tenants there are.
 *
 * <ul>
 *   <li>{@code tidewatch.alarms.tenant.time}: seconds that a thread worked for the tenant
 *   <li>{@code tidewatch.alarms.tenant.records}: results and changes of configuration
 *   <li>{@code tidewatch.alarms.tenant.disabled}: results and changes that made alarms be disabled
 * </ul>
 *
 * <p>One for all tasks of a process. Thread-safe.
 */
public final class TenantCosts {
    static final String OTHERS = "*";
    private static final int SHOWN = 10;
    private static final long WINDOW_MS = 60_000;

    /** Those that took the least time go to the others when there are twice as many. Source: about 200 bytes each. */
    private static final int REMEMBERED = 1000;

    private final MultiGauge time;
    private final MultiGauge records;
    private final MultiGauge disabled;
    private Map<String, Cost> costs = new HashMap<>();
    private Cost others = new Cost();
    private long windowEndMs;

    /** What one tenant has cost. Not thread-safe. */
    static final class Cost {
        private long nanos;
        private long records;
        private long disabled;

        void addRecord(long tookNanos) {
            nanos += tookNanos;
            records++;
        }

        void addDisabled() {
            disabled++;
        }

        private void add(Cost other) {
            nanos += other.nanos;
            records += other.records;
            disabled += other.disabled;
        }
    }

    public TenantCosts(MeterRegistry meters) {
        time = MultiGauge.builder("tidewatch.alarms.tenant.time")
                .baseUnit("seconds")
                .register(meters);
        records = MultiGauge.builder("tidewatch.alarms.tenant.records").register(meters);
        disabled = MultiGauge.builder("tidewatch.alarms.tenant.disabled").register(meters);
    }

    /**
     * Takes in what a task has counted since its last call.
     *
     * @param nowMs in milliseconds since the epoch
     */
    synchronized void add(Map<String, Cost> counted, long nowMs) {
        counted.forEach((tenant, cost) ->
                costs.computeIfAbsent(tenant, name -> new Cost()).add(cost));
        if (costs.size() > 2 * REMEMBERED) {
            keep(REMEMBERED);
        }
        if (nowMs >= windowEndMs) {
            keep(SHOWN);
            publish();
            costs = new HashMap<>();
            others = new Cost();
            windowEndMs = nowMs + WINDOW_MS;
        }
    }

    /** Adds all but the most expensive tenants to the others. */
    private void keep(int count) {
        List<Map.Entry<String, Cost>> byTime = new ArrayList<>(costs.entrySet());
        byTime.sort(Comparator.comparingLong((Map.Entry<String, Cost> entry) -> -entry.getValue().nanos));
        byTime.stream().skip(count).forEach(entry -> {
            others.add(entry.getValue());
            costs.remove(entry.getKey());
        });
    }

    private void publish() {
        publish(time, cost -> (double) cost.nanos / TimeUnit.SECONDS.toNanos(1));
        publish(records, cost -> cost.records);
        publish(disabled, cost -> cost.disabled);
    }

    private void publish(MultiGauge gauge, ToDoubleFunction<Cost> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        costs.forEach(
                (tenant, cost) -> rows.add(MultiGauge.Row.of(Tags.of("tenant", tenant), value.applyAsDouble(cost))));
        rows.add(MultiGauge.Row.of(Tags.of("tenant", OTHERS), value.applyAsDouble(others)));
        gauge.register(rows, true);
    }
}
