package io.tidewatch.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.records.LogUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TenantLocksTest {
    private final TenantLocks locks = new TenantLocks(Duration.ofMillis(50));
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void givesUpWhenTheTurnDoesNotCome() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> locks.whileHolding("acme", () -> {
            held.countDown();
            await(release);
            done.add("first");
        }));
        await(held);

        assertThatThrownBy(() -> locks.whileHolding("acme", () -> done.add("second")))
                .isInstanceOf(LogUnavailableException.class);

        release.countDown();
        first.join();
        locks.whileHolding("acme", () -> done.add("third"));
        assertThat(done).containsExactly("first", "third");
    }

    @Test
    void letsGoAfterAFailure() {
        assertThatThrownBy(() -> locks.whileHolding("acme", () -> {
                    throw Fault.badRequest("no");
                }))
                .isInstanceOf(Fault.class);

        CompletableFuture.runAsync(() -> locks.whileHolding("acme", () -> done.add("next")))
                .join();
        assertThat(done).containsExactly("next");
    }

    /** Fault: tenants shared 64 locks, and a change of one was waited for by all that had the same. */
    @Test
    void letsNoTenantWaitForAnother() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> locks.whileHolding("acme", () -> {
            held.countDown();
            await(release);
        }));
        await(held);

        for (int tenant = 0; tenant < 200; tenant++) {
            locks.whileHolding("tenant" + tenant, () -> done.add("other"));
        }

        assertThat(done).hasSize(200);
        release.countDown();
        first.join();
    }

    @Test
    void keepsNoLockThatNobodyHolds() {
        locks.whileHolding("acme", () -> assertThat(locks.count()).isEqualTo(1));

        assertThat(locks.count()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
