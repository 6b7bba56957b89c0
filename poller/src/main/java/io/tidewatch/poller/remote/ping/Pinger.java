package io.tidewatch.poller.remote.ping;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends ICMP echo requests for all runs, and receives the replies on a thread of its own. Thread-safe. Duplicates, replies
 * from another address than the one that was asked, and ICMP errors are ignored: such an echo counts as lost.
 */
public final class Pinger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pinger.class);
    private static final int POLL_TIMEOUT_MS = 250;
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_EVENTS_OFFSET = 4;

    private record Pending(InetAddress to, long sentNanos, LongConsumer whenReplied) {}

    private final Map<Family, IcmpSocket> sockets;
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final SecureRandom tokens = new SecureRandom();
    private final Thread receiver = new Thread(this::receive, "ping");
    private volatile Optional<String> deadBecause = Optional.empty();
    private volatile boolean closed;

    private Pinger(Map<Family, IcmpSocket> sockets) {
        this.sockets = Map.copyOf(sockets);
        receiver.setDaemon(true);
    }

    /** A pinger with what sockets this process may have: for both address families, for one or for none. */
    public static Pinger open() {
        Map<Family, IcmpSocket> sockets = new ConcurrentHashMap<>();
        try {
            for (Family family : Family.values()) {
                IcmpSocket.open(family).ifPresent(socket -> sockets.put(family, socket));
            }
        } catch (LinkageError e) {
            LOG.warn("ICMP sockets can't be reached on this system reason={}", e.getMessage());
        }
        return with(sockets);
    }

    static Pinger with(Map<Family, IcmpSocket> sockets) {
        Pinger pinger = new Pinger(sockets);
        pinger.receiver.start();
        return pinger;
    }

    /** Whether addresses of this one's family can be pinged at all. */
    boolean canReach(InetAddress address) {
        return sockets.containsKey(Family.of(address));
    }

    /**
     * Sends one echo request to an address that {@linkplain #canReach can be reached}.
     *
     * @param whenReplied gets the round trip in nanoseconds, at most once, on the pinger's thread
     * @return what to give to {@link #forget} when nobody waits for the reply any more
     */
    long echo(InetAddress to, int sequence, LongConsumer whenReplied) {
        IcmpSocket socket = Optional.ofNullable(sockets.get(Family.of(to))).orElseThrow();
        long token = tokens.nextLong();
        pending.put(token, new Pending(to, System.nanoTime(), whenReplied));
        if (!socket.send(to, sequence, token)) {
            forget(token);
        }
        return token;
    }

    void forget(long token) {
        pending.remove(token);
    }

    /** Why no reply will ever be seen again; empty while the pinger lives, with sockets or without. */
    public Optional<String> deadBecause() {
        return deadBecause;
    }

    /** Stops receiving, then closes the sockets. */
    @Override
    public void close() {
        closed = true;
        try {
            receiver.join(4L * POLL_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        try (Memory descriptors = descriptors()) {
            while (!closed && !sockets.isEmpty()) {
                LibC.poll(descriptors, new NativeLong(sockets.size()), POLL_TIMEOUT_MS);
                sockets.values().forEach(this::drain);
            }
        } catch (RuntimeException | Error e) {
            if (!closed) {
                LOG.error("Receiving echo replies broke; none is seen any more", e);
                deadBecause = Optional.of("receiving echo replies broke: " + e);
            }
        } finally {
            sockets.values().forEach(IcmpSocket::close);
        }
    }

    private void drain(IcmpSocket socket) {
        Optional<IcmpSocket.Packet> packet = socket.receive();
        while (packet.isPresent()) {
            long nowNanos = System.nanoTime();
            InetAddress from = packet.get().from();
            packet.get().token().ifPresent(token -> replied(from, token, nowNanos));
            packet = socket.receive();
        }
    }

    private void replied(InetAddress from, long token, long nowNanos) {
        Pending echo = pending.get(token);
        if (echo != null && echo.to().equals(from) && pending.remove(token, echo)) {
            echo.whenReplied().accept(nowNanos - echo.sentNanos());
        }
    }

    private Memory descriptors() {
        Memory memory = new Memory(Math.max(1, (long) sockets.size() * POLLFD_BYTES));
        memory.clear();
        long offset = 0;
        for (IcmpSocket socket : sockets.values()) {
            memory.setInt(offset, socket.descriptor());
            memory.setShort(offset + POLLFD_EVENTS_OFFSET, (short) LibC.POLLIN);
            offset += POLLFD_BYTES;
        }
        return memory;
    }
}
