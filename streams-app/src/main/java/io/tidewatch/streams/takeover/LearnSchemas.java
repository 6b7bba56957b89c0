package io.tidewatch.streams.takeover;

import io.tidewatch.runtime.application.DaemonTimer;
import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the registry's schemas before they are needed. A process that keeps standbys copies bytes and decodes none of them
 * until it takes over; the registry may be gone by then, and alarms would wait for it. Has a thread of its own.
 */
public final class LearnSchemas implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LearnSchemas.class);

    /** Others add subjects when they first use them, and versions when they are upgraded. */
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final SchemaRegistry registry;
    private final Predicate<String> subjects;
    private @Nullable ScheduledExecutorService learning;
    private boolean failing;

    public LearnSchemas(SchemaRegistry registry, Predicate<String> subjects) {
        this.registry = registry;
        this.subjects = subjects;
    }

    /** Starts learning, at once and again and again. Call once. */
    public synchronized void start() {
        learning = DaemonTimer.repeating("learn-schemas", EVERY, this::learn);
    }

    /** Ends without waiting for the registry. */
    @Override
    public synchronized void close() {
        Optional.ofNullable(learning).ifPresent(ScheduledExecutorService::shutdownNow);
    }

    /** Learns once, as {@link #start} makes it do again and again. */
    void learn() {
        try {
            registry.learn(subjects);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Schemas can't be learned, and are asked for when they are needed reason={}", e.toString());
            }
            failing = true;
        }
    }
}
