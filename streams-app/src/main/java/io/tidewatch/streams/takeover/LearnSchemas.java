package io.tidewatch.streams.takeover;

import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.application.DaemonTimer;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the registry's schemas before they are needed. A process that keeps standbys copies bytes and reads none of them until
 * it takes over, and that is when a registry may be gone, too: alarms would wait for it. Has a thread of its own.
 */
public final class LearnSchemas implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LearnSchemas.class);

    /** Others add subjects when they first use them, and versions when they are upgraded. */
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final SchemaRegistry registry;
    private final Predicate<String> subjects;
    private final ScheduledExecutorService learning = DaemonTimer.named("learn-schemas");
    private boolean failing;

    public LearnSchemas(SchemaRegistry registry, Predicate<String> subjects) {
        this.registry = registry;
        this.subjects = subjects;
    }

    public void start() {
        var unused = learning.scheduleWithFixedDelay(this::learn, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends without waiting for the registry. */
    @Override
    public void close() {
        learning.shutdownNow();
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
