package io.tidewatch.system.fuzz.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that sends bytes as they are, each exchange over a connection of its own. Several threads may use it.
 *
 * <p>It leaves with a reset once it has what it wanted: a hundred thousand connections that end in order would use up the
 * machine's ports.
 */
public final class Wire {
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final InetSocketAddress server;
    private final InetAddress from;

    /**
     * @param from the client's own address: those of one machine may be told apart by the server as strangers are
     */
    public Wire(InetSocketAddress server, InetAddress from) {
        this.server = server;
        this.from = from;
    }

    /** Sends, and reads until there is nothing more to await. */
    public Outcome send(Exchange exchange) {
        List<Answer> answers = new ArrayList<>();
        long begin = System.nanoTime();
        long until = begin + exchange.deadline().toNanos();
        boolean connected = false;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoLinger(true, 0);
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(server, leftMs(until));
            connected = true;
            InputStream in = new Timed(socket, until);
            boolean all = write(socket.getOutputStream(), in, exchange, until);
            if (all && exchange.end() == Exchange.End.RESET) {
                return outcome(Outcome.End.LEFT, answers, begin);
            } else if (all && exchange.end() == Exchange.End.HALF_CLOSE) {
                socket.shutdownOutput();
            }
            begin = System.nanoTime();
            boolean head = new String(exchange.parts().get(0), ISO_8859_1).startsWith("HEAD ");
            while (answers.size() < exchange.answers()) {
                Answer answer = read(in, head);
                if (answer.status() >= 200) {
                    answers.add(answer);
                }
            }
            return outcome(Outcome.End.ANSWERED, answers, begin);
        } catch (SocketTimeoutException e) {
            return outcome(connected ? Outcome.End.SILENT : Outcome.End.UNREACHABLE, answers, begin);
        } catch (IOException closed) {
            return outcome(connected ? Outcome.End.CLOSED : Outcome.End.UNREACHABLE, answers, begin);
        }
    }

    /** Whether all was sent: the server may answer or close before. */
    private static boolean write(OutputStream out, InputStream in, Exchange exchange, long until) throws IOException {
        boolean first = true;
        for (byte[] part : exchange.parts()) {
            if (!first) {
                LockSupport.parkNanos(exchange.pause().toNanos());
                if (in.available() > 0 || System.nanoTime() > until) {
                    return false;
                }
            }
            first = false;
            try {
                out.write(part);
                out.flush();
            } catch (IOException closed) {
                return false;
            }
        }
        return true;
    }

    private static Outcome outcome(Outcome.End end, List<Answer> answers, long since) {
        return new Outcome(
                end,
                List.copyOf(answers),
                Duration.ofNanos(System.nanoTime() - since).toMillis());
    }

    private static int leftMs(long until) throws SocketTimeoutException {
        long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }

    private static Answer read(InputStream in, boolean head) throws IOException {
        String statusLine = line(in);
        if (!statusLine.matches("HTTP/1\\.\\d \\d{3}.*")) {
            throw new EOFException("No answer in HTTP: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Answer(status, headers, head || status < 200 ? new byte[0] : body(in, status, headers));
    }

    private static byte[] body(InputStream in, int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        } else if ("chunked".equals(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        String length = headers.get("content-length");
        return in.readNBytes(length == null ? MAX_ANSWER_BYTES : Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
            body.writeBytes(in.readNBytes(size));
            String unused = line(in);
        } while (size > 0 && body.size() < MAX_ANSWER_BYTES);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > MAX_LINE_BYTES) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    /** Reads as long as the deadline of the whole exchange allows. */
    private static final class Timed extends BufferedInputStream {
        private final Socket socket;
        private final long until;

        Timed(Socket socket, long until) throws IOException {
            super(socket.getInputStream());
            this.socket = socket;
            this.until = until;
        }

        @Override
        public synchronized int read() throws IOException {
            socket.setSoTimeout(leftMs(until));
            return super.read();
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
            socket.setSoTimeout(leftMs(until));
            return super.read(bytes, offset, length);
        }
    }
}
