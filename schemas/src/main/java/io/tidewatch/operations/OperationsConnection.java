package io.tidewatch.operations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection to the operations port: a request's head comes in, an answer goes out, and the connection ends. It never
 * blocks; used by the server's one thread.
 */
final class OperationsConnection {
    /** A request of a browser or of a proxy fits in. Source: the default of Apache's and Jetty's limits, 8 KiB. */
    static final int MAX_HEAD_BYTES = 8 * 1024;

    /** A head is one packet, and is there at once; this leaves time to send it again on a bad network. */
    private static final Duration HEAD_WITHIN = Duration.ofSeconds(5);

    /** Prometheus waits 10 s for its answer, and Docker as the Dockerfile says 3 s. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD_BYTES);
    private ByteBuffer answer = ByteBuffer.allocate(0);
    private boolean asked;
    private long deadlineNanos = System.nanoTime() + HEAD_WITHIN.toNanos();

    OperationsConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Takes in what is there. The head of the request, once, when this was the end of it or there is no room left. */
    Optional<String> read() throws IOException {
        if (asked) {
            skip();
            return Optional.empty();
        }
        if (channel.read(head) < 0) {
            throw new IOException("The connection ended before the request did");
        }
        String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
        asked = text.contains("\r\n\r\n") || text.contains("\n\n") || !head.hasRemaining();
        if (!asked) {
            return Optional.empty();
        }
        deadlineNanos = System.nanoTime() + ANSWERED_WITHIN.toNanos();
        key.interestOps(0);
        return Optional.of(text);
    }

    boolean isAsked() {
        return asked;
    }

    boolean isOverdue() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    void answer(byte[] bytes) {
        answer = ByteBuffer.wrap(bytes);
        key.interestOps(SelectionKey.OP_WRITE);
    }

    /** Sends what the other side takes. After the last byte it waits until the other side ends the connection. */
    void write() throws IOException {
        channel.write(answer);
        if (!answer.hasRemaining()) {
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    /** To close with bytes unread would take back the answer. Source: RFC 9112, 9.6. */
    private void skip() throws IOException {
        head.clear();
        if (channel.read(head) < 0) {
            throw new IOException("The connection has ended");
        }
    }

    /** Safe to call again. */
    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody is there any more to be told.
        }
    }
}
