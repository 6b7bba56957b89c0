package io.tidewatch.streams.application;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A timer with one thread, which keeps no process alive. */
public final class DaemonTimer {
    private DaemonTimer() {}

    /** @param thread the name of its thread */
    public static ScheduledExecutorService named(String thread) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
    }
}
