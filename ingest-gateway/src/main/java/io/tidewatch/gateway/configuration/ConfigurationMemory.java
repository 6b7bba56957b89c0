package io.tidewatch.gateway.configuration;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the configuration takes, of each tenant and in all, by {@link HeapBytes}. Thread-safe.
 */
public final class ConfigurationMemory {
    private final Map<String, Long> byTenant = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();

    void add(String tenantId, long bytes) {
        total.addAndGet(bytes);
        byTenant.merge(tenantId, bytes, (before, more) -> before + more == 0 ? null : before + more);
    }

    public long of(String tenantId) {
        return byTenant.getOrDefault(tenantId, 0L);
    }

    public long total() {
        return total.get();
    }
}
