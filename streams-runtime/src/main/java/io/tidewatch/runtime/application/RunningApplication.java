package io.tidewatch.runtime.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application at work: its state for health, its metrics, its end. Thread-safe. */
public final class RunningApplication {
    private static final Logger LOG = LoggerFactory.getLogger(RunningApplication.class);

    private final String name;
    private final int threads;
    private final KafkaStreams streams;
    private final UncleanEnd uncleanEnd;
    private final ReplaceFailedThreads failedThreads;
    private final KafkaStreamsMetrics metrics;
    private volatile boolean started;

    /** @param streams not started yet */
    public RunningApplication(ApplicationSettings settings, KafkaStreams streams, MeterRegistry meters, Clock clock) {
        this.name = settings.name();
        this.threads = settings.threads();
        this.streams = streams;
        this.uncleanEnd = UncleanEnd.of(settings);
        this.failedThreads = new ReplaceFailedThreads(name, meters, clock);
        this.metrics = new KafkaStreamsMetrics(streams, Tags.of("application", name));
        streams.setUncaughtExceptionHandler(failedThreads);
        streams.setStateListener((after, before) ->
                LOG.info("Application changed its state application={} before={} state={}", name, before, after));
        metrics.bindTo(meters);
    }

    /**
     * Starts it. Call once.
     *
     * @throws IllegalStateException when it is being closed already
     */
    public synchronized void start() {
        uncleanEnd.markRunning();
        streams.start();
        started = true;
    }

    /**
     * Why only a new process can help; empty while it lives. Kafka Streams goes on without a thread that it could not
     * replace, for example because no broker's name could be resolved just then, and still calls itself running. Source:
     * Kafka Streams 4.3.1, {@code KafkaStreams.replaceStreamThread}.
     */
    public Optional<String> deadBecause() {
        KafkaStreams.State state = streams.state();
        if (state == KafkaStreams.State.ERROR || state.hasStartedOrFinishedShuttingDown()) {
            return Optional.of("the application " + name + " has ended: " + state);
        }
        int alive = streams.metadataForLocalThreads().size();
        return alive < threads
                ? Optional.of("the application " + name + " has lost " + (threads - alive) + " of " + threads
                        + " threads for good")
                : Optional.empty();
    }

    /** Why it isn't at work right now; empty when it is. */
    public Optional<String> unreadyBecause() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.RUNNING
                ? Optional.empty()
                : Optional.of("the application " + name + " is " + state);
    }

    /** Tells it to commit, to hand its partitions to others, and to end; returns at once. */
    public synchronized void beginClose() {
        failedThreads.close();
        boolean unused = streams.close(leaving(Duration.ZERO));
    }

    /**
     * Waits for its end after {@link #beginClose}. A start that failed, perhaps at a store that it found open, is no clean
     * end: the next one has to clear what this one could not use.
     */
    public void awaitClosed(Duration timeout) {
        boolean closed = streams.close(leaving(timeout));
        if (closed && started) {
            uncleanEnd.markClosed();
        } else if (!closed) {
            LOG.warn("Application did not end in time application={} timeoutMs={}", name, timeout.toMillis());
        }
        metrics.close();
    }

    /** Who ends in order is not waited for. */
    private static CloseOptions leaving(Duration timeout) {
        return CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    }
}
