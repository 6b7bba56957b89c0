package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for Cassandra on a thread of its own, however long that takes, and hands out the session. What a further try would
 * not change, such as tables that don't fit, ends the attempt.
 */
public final class CassandraConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CassandraConnection.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final CassandraSettings settings;
    private final Consumer<CqlSession> connected;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::connect, "cassandra-connection");
    private volatile Optional<String> waitingBecause = Optional.of("Cassandra has not been asked yet");
    private volatile Optional<String> failedBecause = Optional.empty();
    private volatile Optional<CqlSession> session = Optional.empty();

    /**
     * @param connected called on the thread of this class when Cassandra is there, to prepare statements and the like; again
     *     after it threw a {@link DriverException}. Another exception is final, and its message is for the operator
     */
    public CassandraConnection(CassandraSettings settings, Consumer<CqlSession> connected) {
        this.settings = settings;
        this.connected = connected;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Why it will never be connected; empty while there is hope. */
    public Optional<String> failedBecause() {
        return failedBecause;
    }

    /** Why it isn't connected yet; empty when it is. */
    public Optional<String> waitingBecause() {
        return waitingBecause;
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        session.ifPresent(CqlSession::forceCloseAsync);
    }

    private void connect() {
        while (closing.getCount() > 0 && waitingBecause.isPresent() && failedBecause.isEmpty()) {
            try {
                attempt();
            } catch (DriverException e) {
                waitAfter(reason(e));
            } catch (RuntimeException e) {
                failedBecause = Optional.of(String.valueOf(e.getMessage()));
                LOG.error("Cassandra can't be used settings={}", settings, e);
            }
        }
    }

    private void attempt() {
        CqlSession opened = session.isPresent() ? session.get() : CassandraSession.open(settings);
        session = Optional.of(opened);
        connected.accept(opened);
        waitingBecause = Optional.empty();
        LOG.info("Connected to Cassandra settings={}", settings);
    }

    private void waitAfter(String reason) {
        Optional<String> waiting = Optional.of("Cassandra at " + settings + " can't be used: " + reason);
        if (!waiting.equals(waitingBecause)) {
            LOG.warn("Cassandra can't be used and is tried until it can settings={} reason={}", settings, reason);
        }
        waitingBecause = waiting;
        try {
            boolean unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What a person has to know. The first node's own trouble says more than that none could be reached; and for a connection
     * that was refused, the driver reports a closed channel and hides the refusal among the suppressed exceptions.
     */
    private static String reason(DriverException failure) {
        Throwable shown = failure;
        if (failure instanceof AllNodesFailedException all) {
            shown = all.getAllErrors().values().stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .orElse(failure);
        }
        if (shown.getSuppressed().length > 0) {
            shown = shown.getSuppressed()[0];
        }
        while (shown.getCause() != null) {
            shown = shown.getCause();
        }
        String message = shown.getMessage();
        return message == null ? shown.toString() : message;
    }
}
