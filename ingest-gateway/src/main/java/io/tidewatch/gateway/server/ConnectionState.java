package io.tidewatch.gateway.server;

import java.time.Duration;
import java.util.Optional;

/** What a connection is about, since when, and how far that has got. Thread-safe. */
final class ConnectionState {
    /** What the gateway waits for the client to do. */
    enum Phase {
        /** To begin a request, and to send all its headers. */
        QUIET,
        /** To send its body. */
        SENDING,
        /** Nothing: it is the gateway's turn. */
        SERVED,
        /** To read the answer. */
        READING
    }

    private final String address;
    private Phase phase = Phase.QUIET;
    private long sinceNanos;
    private long bytes;
    private Runnable whenLate;

    ConnectionState(String address, long nowNanos, Runnable whenLate) {
        this.address = address;
        this.sinceNanos = nowNanos;
        this.whenLate = whenLate;
    }

    /** Where it comes from, as connections are counted. */
    String address() {
        return address;
    }

    /**
     * @param onLate called if the client does not do its part in time
     */
    synchronized void begin(Phase next, long nowNanos, Runnable onLate) {
        phase = next;
        sinceNanos = nowNanos;
        bytes = 0;
        whenLate = onLate;
    }

    synchronized void progress(long moreBytes) {
        bytes += moreBytes;
    }

    /** What to do about a client that is late; empty when it is not. */
    synchronized Optional<Runnable> due(long nowNanos, Duration patience) {
        if (nowNanos - sinceNanos <= allowed(patience).toNanos()) {
            return Optional.empty();
        }
        sinceNanos = nowNanos;
        return Optional.of(whenLate);
    }

    private Duration allowed(Duration patience) {
        return switch (phase) {
            case QUIET ->
                DoorBounds.QUIET.compareTo(patience.multipliedBy(3)) < 0 ? DoorBounds.QUIET : patience.multipliedBy(3);
            case SENDING, READING -> patience.plusMillis(bytes * 1000 / DoorBounds.BYTES_A_SECOND);
            case SERVED -> Duration.ofDays(1);
        };
    }
}
