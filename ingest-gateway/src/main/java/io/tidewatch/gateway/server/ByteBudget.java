package io.tidewatch.gateway.server;

import java.util.HashMap;
import java.util.Map;

/** Memory that addresses share: one alone gets half of it at most, so that the others find some. Thread-safe. */
final class ByteBudget {
    private final long maxBytes;
    private final Map<String, Long> byAddress = new HashMap<>();
    private long taken;

    ByteBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes so many bytes, or none, which it tells. */
    synchronized boolean take(String address, long bytes) {
        long its = byAddress.getOrDefault(address, 0L) + bytes;
        if (taken + bytes > maxBytes || its > maxBytes / 2) {
            return false;
        }
        taken += bytes;
        byAddress.put(address, its);
        return true;
    }

    synchronized void giveBack(String address, long bytes) {
        taken -= bytes;
        byAddress.computeIfPresent(address, (unused, its) -> its > bytes ? its - bytes : null);
    }
}
