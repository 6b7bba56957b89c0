package io.tidewatch.streams;

import java.time.Duration;
import java.util.Optional;

/**
 * One application of this process, wired to the topics that Kafka has. Made, started and closed once, by {@link StreamsApp};
 * any thread may ask how it is and close it, also while it starts.
 */
interface StreamsApplication {
    /**
     * Starts it.
     *
     * @throws IllegalStateException when it is being closed already
     */
    void start();

    /** Why only a new process can help; empty while it lives. */
    Optional<String> deadBecause();

    /** Why it isn't at work right now; empty when it is. */
    Optional<String> unreadyBecause();

    /** Tells it to commit and to end; returns at once. */
    void beginClose();

    /** Waits for its end after {@link #beginClose}, and lets go of everything. */
    void awaitClosed(Duration timeout);
}
