package io.tidewatch.operations;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A part of Tidewatch, wired: the poller, the gateway, the stream applications. Made once, started once, closed once. One
 * thread makes and starts it; every other method may be called from any thread, at any time.
 */
public interface App extends AutoCloseable {
    /** How long {@link #awaitReady} waits before it asks again. */
    Duration ASK_EVERY = Duration.ofMillis(50);

    /**
     * Starts the part. Waits for Kafka and the schema registry while they are away, and says so in {@link #unreadyBecause};
     * health and metrics are served meanwhile.
     *
     * @throws IllegalStateException for what waiting does not mend, such as a missing topic, with a sentence for the
     *     operator; and when the part is closed meanwhile. Close the part then
     */
    void start();

    /** Why only a restart of the process can help, a sentence each; empty while the part lives. */
    List<String> deadBecause();

    /** Why the part can't do its work right now, a sentence each; empty when it does its work. */
    List<String> unreadyBecause();

    /** The TCP port of health and metrics, once the part serves them. */
    int operationsPort();

    /** Ends the part in order: takes no more work, finishes what it has begun, lets go of everything. Safe to call again. */
    @Override
    void close();

    /**
     * Waits until the part does its work.
     *
     * @throws IllegalStateException with the reason, when the part is dead or not ready in time
     */
    default void awaitReady(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<String> unready = unreadyBecause();
        while (!unready.isEmpty()) {
            List<String> dead = deadBecause();
            if (!dead.isEmpty()) {
                throw new IllegalStateException(String.join("; ", dead));
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Not ready: " + String.join("; ", unready));
            }
            LockSupport.parkNanos(ASK_EVERY.toNanos());
            unready = unreadyBecause();
        }
    }
}
