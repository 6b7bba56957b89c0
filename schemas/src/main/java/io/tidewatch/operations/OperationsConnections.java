package io.tidewatch.operations;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds how many connections an operations port has, and for how long. When there are as many as may be, the oldest of those
 * that have not asked yet is closed for the new one: many strangers who say nothing keep each other out, and not whoever
 * asks. Jetty's own idle timeout begins anew with each byte, which is why it isn't enough. Called on Jetty's threads.
 */
final class OperationsConnections implements Connection.Listener {
    /**
     * Health and metrics are asked for by a handful. An answer with metrics has some 200 KB, so that this many who don't read
     * theirs hold some 13 MB.
     */
    static final int MAX_CONNECTIONS = 64;

    /** A head is one packet, and is there at once; this leaves time to send it again on a bad network. */
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(5);

    /** Prometheus waits 10 s for its answer, and Docker as the Dockerfile says 3 s. */
    private static final Duration OVER_WITHIN = Duration.ofSeconds(25);

    private final Scheduler scheduler;

    /** The oldest first. */
    private final Set<Connection> open = new LinkedHashSet<>();

    OperationsConnections(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void onOpened(Connection connection) {
        remember(connection).ifPresent(Connection::close);
        after(ASKED_WITHIN, () -> {
            if (!hasAsked(connection)) {
                connection.close();
            }
        });
        after(OVER_WITHIN, connection::close);
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        open.remove(connection);
    }

    /** Returns the connection that has to go for this one, if there are too many. */
    private synchronized Optional<Connection> remember(Connection connection) {
        Optional<Connection> surplus = open.size() < MAX_CONNECTIONS
                ? Optional.empty()
                : open.stream()
                        .filter(other -> !hasAsked(other))
                        .findFirst()
                        .or(() -> open.stream().findFirst());
        surplus.ifPresent(open::remove);
        open.add(connection);
        return surplus;
    }

    private static boolean hasAsked(Connection connection) {
        return connection.getMessagesIn() > 0;
    }

    private void after(Duration delay, Runnable task) {
        Scheduler.Task unused = scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
