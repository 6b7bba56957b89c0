package io.tidewatch.system.drills;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass in which others act. Not a way to wait for something that can be asked for. */
public final class Pause {
    private Pause() {}

    public static void of(Duration length) {
        until(System.nanoTime() + length.toNanos());
    }

    /** @param dueNanos as {@link System#nanoTime} has it */
    public static void until(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
