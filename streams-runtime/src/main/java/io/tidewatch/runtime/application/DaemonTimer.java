package io.tidewatch.runtime.application;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer with one thread, which keeps no process alive. */
public final class DaemonTimer {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonTimer.class);

    private DaemonTimer() {}

    /** @param thread the name of its thread */
    public static ScheduledExecutorService named(String thread) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, thread);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /**
     * A timer that runs a task at once and again and again, whatever the task throws: Java's own would end the repetition
     * without a word.
     *
     * @param pause between the end of one run and the beginning of the next
     */
    public static ScheduledExecutorService repeating(String thread, Duration pause, Runnable task) {
        ScheduledExecutorService timer = named(thread);
        var unused =
                timer.scheduleWithFixedDelay(() -> survive(thread, task), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return timer;
    }

    private static void survive(String thread, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A repeated task failed and is run again thread={}", thread, e);
        }
    }
}
