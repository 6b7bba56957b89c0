package io.tidewatch.notifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of a test, on a free port of this machine, that has a thread for each connection. */
public final class LoopbackServer implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final String name;
    private final Conversation conversation;
    private final ServerSocket server;

    /** What is done with a connection, which is closed afterwards. The client may hang up at any time. */
    public interface Conversation {
        void with(Socket connection) throws IOException, InterruptedException;
    }

    /** @param name of its threads */
    public LoopbackServer(String name, Conversation conversation) {
        this.name = name;
        this.conversation = conversation;
        try {
            server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            conversation.with(connection);
        } catch (IOException | InterruptedException gone) {
            // The client has hung up.
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
