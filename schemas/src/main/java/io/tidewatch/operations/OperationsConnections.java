package io.tidewatch.operations;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections to one operations port, held by one thread that waits for none of them. When there are as many as may be,
 * the oldest of those that have not asked yet is given up for the new one: many strangers who say nothing keep each other
 * out, and not whoever asks.
 */
final class OperationsConnections implements Runnable, AutoCloseable {
    /**
     * Health and metrics are asked for by a handful. An answer with metrics has some 200 KB, so that this many who don't read
     * theirs hold some 13 MB.
     */
    static final int MAX_CONNECTIONS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(OperationsConnections.class);
    private static final int BACKLOG = 1024;
    private static final long LOOK_EVERY_MS = 500;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final SelectionKey accepting;
    private final int port;
    private final BiConsumer<OperationsConnection, String> asking;

    /** The oldest first. Only the thread of {@link #run()} uses it. */
    private final List<OperationsConnection> open = new ArrayList<>();

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** @param asking is given each connection that has asked, and the head of its request */
    OperationsConnections(InetSocketAddress address, BiConsumer<OperationsConnection, String> asking)
            throws IOException {
        this.asking = asking;
        try {
            server.configureBlocking(false);
            server.bind(address, BACKLOG);
            accepting = server.register(selector, SelectionKey.OP_ACCEPT);
            port = server.socket().getLocalPort();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Has the thread of {@link #run()} do something. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    @Override
    public void run() {
        while (server.isOpen()) {
            try {
                selector.select(this::serve, LOOK_EVERY_MS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    attempt(task);
                }
                giveUpOverdue();
            } catch (IOException | RuntimeException e) {
                if (server.isOpen()) {
                    LOG.warn("The operations port stumbles, and goes on", e);
                }
            }
        }
        open.forEach(OperationsConnection::close);
    }

    /** Gives the port back at once. Safe to call again. */
    @Override
    public void close() {
        try {
            server.close();
            selector.close();
        } catch (IOException e) {
            LOG.warn("The operations port can't be closed", e);
        }
    }

    private void serve(SelectionKey key) {
        if (key.equals(accepting)) {
            accept();
            return;
        }
        OperationsConnection connection = (OperationsConnection) key.attachment();
        try {
            if (key.isReadable()) {
                connection.read().ifPresent(head -> asking.accept(connection, head));
            } else if (key.isWritable()) {
                connection.write();
            }
        } catch (IOException | CancelledKeyException e) {
            giveUp(connection);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel == null) {
                return;
            }
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            OperationsConnection connection = new OperationsConnection(channel, key);
            key.attach(connection);
            makeRoom();
            open.add(connection);
        } catch (IOException e) {
            // No file descriptor is left: look again later, when connections have been given up.
            LOG.warn("A connection to the operations port can't be taken reason={}", e.toString());
            accepting.interestOps(0);
        }
    }

    private void makeRoom() {
        if (open.size() == MAX_CONNECTIONS) {
            giveUp(open.stream()
                    .filter(connection -> !connection.isAsked())
                    .findFirst()
                    .orElse(open.get(0)));
        }
    }

    private void giveUpOverdue() {
        List.copyOf(open).stream().filter(OperationsConnection::isOverdue).forEach(this::giveUp);
        accepting.interestOps(SelectionKey.OP_ACCEPT);
    }

    private void giveUp(OperationsConnection connection) {
        connection.close();
        open.remove(connection);
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (CancelledKeyException e) {
            // The connection was given up before its answer was there.
        }
    }
}
