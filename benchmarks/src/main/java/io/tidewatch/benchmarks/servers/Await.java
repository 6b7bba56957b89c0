package io.tidewatch.benchmarks.servers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits by looking again and again, on the caller's thread. */
public final class Await {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private Await() {}

    /** Whether it becomes so in time. */
    public static boolean isSoWithin(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }

    public static void pass(Duration time) {
        boolean unused = isSoWithin(time, () -> false);
    }
}
