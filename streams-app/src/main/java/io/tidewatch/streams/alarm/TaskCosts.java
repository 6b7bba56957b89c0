package io.tidewatch.streams.alarm;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what tenants cost one task, and tells {@link TenantCosts} of it now and then: so that counting takes no lock. Asking
 * for the time costs about 50 ns a record, of some 5 us that judging it takes. Confined to the stream task's thread.
 */
final class TaskCosts {
    /** More tenants than this are told of at once. */
    private static final int MAX_TENANTS = 1000;

    private final TenantCosts shared;
    private Map<String, TenantCosts.Cost> counted = new HashMap<>();
    private long nowMs;

    TaskCosts(TenantCosts shared) {
        this.shared = shared;
    }

    /** Counts a record of a tenant. */
    void addRecord(String tenant, long tookNanos) {
        of(tenant).addRecord(tookNanos);
        if (counted.size() > MAX_TENANTS) {
            tell(nowMs);
        }
    }

    /** Counts a record that made alarms of a tenant be disabled. */
    void addDisabled(String tenant) {
        of(tenant).addDisabled();
    }

    /** Tells what has been counted. Time is in milliseconds since the epoch. */
    void tell(long nowMs) {
        this.nowMs = nowMs;
        shared.add(counted, nowMs);
        counted = new HashMap<>();
    }

    private TenantCosts.Cost of(String tenant) {
        return counted.computeIfAbsent(tenant, name -> new TenantCosts.Cost());
    }
}
