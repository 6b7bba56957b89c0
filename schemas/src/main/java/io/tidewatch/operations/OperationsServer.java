package io.tidewatch.operations;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/live}, {@code /health/ready} (200 or 503, with a reason a line) and {@code /metrics}
 * (Prometheus text) of one part, to whoever can reach the port. Started by its constructor; {@link #close} stops it.
 *
 * <p>Whoever connects and says nothing, or reads nothing, takes no thread, and no place that another one needs: see {@link
 * OperationsConnections}. One thread makes the answers about health and one those with metrics, so that many who ask for
 * metrics don't hold up a question about health.
 */
public final class OperationsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);

    private final Health health;
    private final PrometheusMeterRegistry meters;
    private final ExecutorService healthThread = Executors.newSingleThreadExecutor(task -> daemon(task, "health"));
    private final ExecutorService metricsThread = Executors.newSingleThreadExecutor(task -> daemon(task, "metrics"));
    private final OperationsConnections connections;

    /**
     * @throws UncheckedIOException when the port is taken, or the address isn't one of this machine
     */
    public OperationsServer(OperationsSettings settings, Health health, PrometheusMeterRegistry meters) {
        this.health = health;
        this.meters = meters;
        InetSocketAddress address = settings.address();
        try {
            connections = new OperationsConnections(address, this::ask);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Can't serve health and metrics on port " + settings.port() + " of " + settings.host() + ": "
                            + e.getMessage(),
                    e);
        }
        daemon(connections, "operations").start();
    }

    /** The port it listens on. */
    public int port() {
        return connections.port();
    }

    @Override
    public void close() {
        connections.close();
        healthThread.shutdownNow();
        metricsThread.shutdownNow();
    }

    private void ask(OperationsConnection connection, String head) {
        OperationsRequest request = OperationsRequest.of(head);
        if (head.length() == OperationsConnection.MAX_HEAD_BYTES) {
            connection.answer(request.answer(OperationsAnswer.TOO_LARGE));
        } else if (!request.isRead()) {
            connection.answer(request.answer(OperationsAnswer.NOT_ALLOWED));
        } else {
            answer(connection, request);
        }
    }

    private void answer(OperationsConnection connection, OperationsRequest request) {
        switch (request.path()) {
            case "/health/live" -> answer(connection, request, healthThread, this::live);
            case "/health/ready" -> answer(connection, request, healthThread, this::ready);
            case "/metrics" -> answer(connection, request, metricsThread, this::metrics);
            default -> connection.answer(request.answer(OperationsAnswer.NOT_FOUND));
        }
    }

    private OperationsAnswer live() {
        return OperationsAnswer.of(health.deadBecause().get());
    }

    private OperationsAnswer ready() {
        return OperationsAnswer.of(health.unreadyBecause().get());
    }

    private OperationsAnswer metrics() {
        return new OperationsAnswer(200, meters.scrape());
    }

    private void answer(
            OperationsConnection connection,
            OperationsRequest request,
            ExecutorService thread,
            Supplier<OperationsAnswer> answer) {
        try {
            thread.execute(() -> {
                byte[] bytes = request.answer(made(answer));
                connections.run(() -> connection.answer(bytes));
            });
        } catch (RejectedExecutionException e) {
            connection.close();
        }
    }

    private static OperationsAnswer made(Supplier<OperationsAnswer> answer) {
        try {
            return answer.get();
        } catch (RuntimeException e) {
            LOG.warn("Health or metrics can't be told", e);
            return OperationsAnswer.FAILED;
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
