package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for Cassandra on a thread of its own, however long that takes, and hands out the session. Whatever an operator can
 * put right is waited for, tables that don't fit included, and said once in the log. Anything else ends the attempt.
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
     *     after it threw a {@link DriverException} or an {@link UnusableCassandraException}. Another exception is final, and
     *     its message is for the operator
     */
    public CassandraConnection(CassandraSettings settings, Consumer<CqlSession> connected) {
        this.settings = settings;
        this.connected = connected;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Why it will never be connected; empty while it may still succeed. */
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
                waitAfter(UnusableCassandraException.because(settings, e));
            } catch (UnusableCassandraException e) {
                waitAfter(e);
            } catch (RuntimeException | Error e) {
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

    private void waitAfter(UnusableCassandraException failure) {
        Optional<String> waiting = Optional.of(String.valueOf(failure.getMessage()));
        if (!waiting.equals(waitingBecause)) {
            LOG.warn(
                    "Cassandra can't be used and is tried until it can settings={} reason={}",
                    settings,
                    failure.getMessage());
        }
        waitingBecause = waiting;
        try {
            boolean unused = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
