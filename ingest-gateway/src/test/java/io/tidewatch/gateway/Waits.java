package io.tidewatch.gateway;

import java.util.concurrent.CountDownLatch;

/** Waits without the exception that a test has no use for. */
public final class Waits {
    private Waits() {}

    public static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
