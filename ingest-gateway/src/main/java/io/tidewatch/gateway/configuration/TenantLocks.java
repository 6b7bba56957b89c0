package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.LogUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one change of a tenant's configuration through at a time, so that what a change was checked against still holds
 * when it is written. Within this process only: two gateways may still interleave, and the later record wins.
 *
 * <p>A tenant's lock is there while somebody holds it or waits for it; tenants share none.
 */
final class TenantLocks {
    /** A lock, and how many hold it or wait for it. */
    private static final class TenantLock extends ReentrantLock {
        private static final long serialVersionUID = 1;

        private int users;
    }

    private final ConcurrentMap<String, TenantLock> locks = new ConcurrentHashMap<>();
    private final Duration timeout;

    TenantLocks(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * @param change must wait for nothing but the log, and compute next to nothing: all other changes of the tenant wait for it
     * @throws LogUnavailableException when earlier changes are not done in time; the change was not begun
     */
    void whileHolding(String tenantId, Runnable change) {
        TenantLock lock = enter(tenantId);
        try {
            acquire(lock);
            try {
                change.run();
            } finally {
                lock.unlock();
            }
        } finally {
            leave(tenantId);
        }
    }

    /** How many tenants have a change under way. */
    int count() {
        return locks.size();
    }

    private TenantLock enter(String tenantId) {
        return Objects.requireNonNull(locks.compute(tenantId, (unused, known) -> {
            TenantLock lock = known == null ? new TenantLock() : known;
            lock.users++;
            return lock;
        }));
    }

    private void leave(String tenantId) {
        locks.computeIfPresent(tenantId, (unused, lock) -> --lock.users == 0 ? null : lock);
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
