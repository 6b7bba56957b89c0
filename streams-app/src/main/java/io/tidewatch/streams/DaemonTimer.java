package io.tidewatch.streams;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A timer with one thread, which keeps no process alive. */
final class DaemonTimer {
    private DaemonTimer() {}

    /** @param thread the name of its thread */
    static ScheduledExecutorService named(String thread) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
    }
}
