package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets one change of a tenant's configuration through at a time, so that what a change was checked against still holds
 * when it is written. Within this process only: two gateways may still interleave, and the later record wins.
 */
final class TenantLocks {
    /** Tenants share locks; more locks make two tenants meet at one less often. */
    private static final int LOCKS = 64;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);
    private final Duration timeout;

    TenantLocks(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * @throws LogUnavailableException when earlier changes are not done in time; the change was not begun
     */
    void whileHolding(String tenantId, Runnable change) {
        ReentrantLock lock = locks[Math.floorMod(tenantId.hashCode(), LOCKS)];
        acquire(lock);
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void acquire(ReentrantLock lock) {
        boolean acquired;
        try {
            acquired = lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            acquired = false;
        }
        if (!acquired) {
            throw new LogUnavailableException("Earlier changes are still being written; this one was not begun", null);
        }
    }
}
