package io.tidewatch.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.records.LogUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TenantLocksTest {
    private final TenantLocks locks = new TenantLocks(Duration.ofMillis(50));

    @Test
    void givesUpWhenTheTurnDoesNotCome() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> locks.whileHolding("acme", () -> {
            held.countDown();
            return await(release);
        }));
        await(held);

        assertThatThrownBy(() -> locks.whileHolding("acme", () -> "second"))
                .isInstanceOf(LogUnavailableException.class);

        release.countDown();
        assertThat(first.join()).isTrue();
        assertThat(locks.whileHolding("acme", () -> "third")).isEqualTo("third");
    }

    @Test
    void letsGoAfterAFailure() {
        assertThatThrownBy(() -> locks.whileHolding("acme", () -> {
                    throw Fault.badRequest("no");
                }))
                .isInstanceOf(Fault.class);

        assertThat(CompletableFuture.supplyAsync(() -> locks.whileHolding("acme", () -> "next"))
                        .join())
                .isEqualTo("next");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
