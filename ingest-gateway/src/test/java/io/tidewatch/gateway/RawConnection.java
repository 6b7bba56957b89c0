package io.tidewatch.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A socket to an API over which a test sends whatever it likes. */
final class RawConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Socket socket;

    /**
     * @param from the last part of the loopback address that it comes from, such as 2 for {@code 127.0.0.2}
     */
    RawConnection(int from, int port) {
        try {
            socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawConnection(int port) {
        this(1, port);
    }

    /** All that comes back until the server closes the connection, which the request has to ask for or deserve. */
    static String ask(int port, String request) {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(request);
            return connection.readAll();
        }
    }

    /**
     * @throws UncheckedIOException when the server has closed the connection, and this side knows
     */
    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Until the server closes the connection. */
    String readAll() {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next bytes that come; empty when the server has closed the connection. */
    String readSome(int maxBytes) {
        try {
            return new String(socket.getInputStream().readNBytes(maxBytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
