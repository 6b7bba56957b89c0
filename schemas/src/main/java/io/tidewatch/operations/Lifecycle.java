package io.tidewatch.operations;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidewatch.topics.RequiredTopics;
import io.tidewatch.topics.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * The start and the end that all parts have in common: health and metrics are served first, then the part waits for its
 * topics, then it begins its own work, and it may be closed at any of these moments. Thread-safe.
 */
public final class Lifecycle {
    private final String part;
    private final OperationsSettings settings;
    private final RequiredTopics topics;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Optional<OperationsServer> operations = Optional.empty();
    private volatile boolean closed;

    /** @param part what messages call it, with its article: "the poller" */
    public Lifecycle(String part, OperationsSettings settings, RequiredTopics topics) {
        this.part = part;
        this.settings = settings;
        this.topics = topics;
    }

    /** The metrics of the part. */
    public PrometheusMeterRegistry meters() {
        return meters;
    }

    /**
     * Serves health and metrics, and waits for the topics. Call once.
     *
     * @return what Kafka says of each topic
     * @throws IllegalStateException as {@link App#start} does
     * @throws java.io.UncheckedIOException when the port for health and metrics is taken
     */
    public Map<Topic, TopicDescription> begin(Health health) {
        whileOpen(() -> operations = Optional.of(new OperationsServer(settings, health, meters)));
        return topics.await();
    }

    /**
     * Does something that {@link #close} must not come between.
     *
     * @throws IllegalStateException when the part is closed
     */
    public synchronized <T> T whileOpen(Supplier<T> work) {
        if (closed) {
            throw new IllegalStateException(capitalized() + " has been closed");
        }
        return work.get();
    }

    /** {@link #whileOpen(Supplier)} for work without a result. */
    public void whileOpen(Runnable work) {
        whileOpen(() -> {
            work.run();
            return true;
        });
    }

    /** What the part still waits for, or that it is being closed; empty when its own work has begun, or can. */
    public Optional<String> unreadyBecause() {
        return closed ? Optional.of(part + " is closing") : topics.waitingBecause();
    }

    public boolean isClosed() {
        return closed;
    }

    /** @throws IllegalStateException before {@link #begin} */
    public int operationsPort() {
        return operations
                .orElseThrow(() -> new IllegalStateException(capitalized() + " has not been started"))
                .port();
    }

    /** Ends the wait for topics, then the part's own work, then health and metrics; later calls do nothing. */
    public void close(Runnable work) {
        topics.close();
        synchronized (this) {
            if (!closed) {
                closed = true;
                work.run();
                operations.ifPresent(OperationsServer::close);
            }
        }
    }

    private String capitalized() {
        return Character.toUpperCase(part.charAt(0)) + part.substring(1);
    }
}
