package io.tidewatch.system.fuzz.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What is sent over one connection, and what is awaited then.
 *
 * @param parts sent one after the other
 * @param pause between the parts
 * @param answers how many answers to read, unless the server closes before
 * @param deadline within which the server has to answer or close
 * @param end what becomes of the connection when all is sent
 * @param expected whether it may be taken
 */
public record Exchange(
        List<byte[]> parts, Duration pause, int answers, Duration deadline, End end, Expectation expected) {
    /** Longer than any request of ours takes on a machine that is shared, and shorter than anybody waits. */
    public static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final int SHOWN_BYTES = 700;

    /** What the client does when it has sent everything. */
    public enum End {
        AWAIT,
        /** It says that nothing more comes, and reads on. */
        HALF_CLOSE,
        /** It goes away at once. */
        RESET
    }

    /** What may come of it. */
    public enum Expectation {
        ANYTHING,
        /** The request must not be carried out: an answer from 400 on, or a closed connection. */
        REFUSAL
    }

    public static Exchange of(byte[] request) {
        return new Exchange(List.of(request), Duration.ZERO, 1, DEADLINE, End.AWAIT, Expectation.ANYTHING);
    }

    public static Exchange of(String head, byte[] body) {
        return of(concatenated(head.getBytes(ISO_8859_1), body));
    }

    /** Whether it has several requests on one connection. */
    public boolean isPipelined() {
        return answers > 1;
    }

    /** A request without a body. */
    public static Exchange plain(String method, String target) {
        return of(head(method, target, "") + "\r\n", new byte[0]);
    }

    /** A request with a body, which says how long that is. */
    public static Exchange json(String method, String target, byte[] body) {
        return json(method, target, body, "");
    }

    /** @param headers further lines, each with its end */
    public static Exchange json(String method, String target, byte[] body, String headers) {
        return of(
                head(method, target, headers) + "Content-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n",
                body);
    }

    public static Exchange json(String method, String target, String body) {
        return json(method, target, body.getBytes(UTF_8));
    }

    /** The request's first lines: whoever answers closes. */
    public static String head(String method, String target, String headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: fuzz\r\nConnection: close\r\n" + headers;
    }

    public Exchange refused() {
        return new Exchange(parts, pause, answers, deadline, end, Expectation.REFUSAL);
    }

    public Exchange with(End other) {
        return new Exchange(parts, pause, answers, deadline, other, expected);
    }

    public Exchange awaiting(int others) {
        return new Exchange(parts, pause, others, deadline, end, expected);
    }

    /** The same bytes in pieces, with a pause after each, and so much longer to be answered. */
    public Exchange inPieces(int pieceBytes, Duration between, Duration limit) {
        byte[] all = bytes();
        int pieces = (all.length + pieceBytes - 1) / pieceBytes;
        List<byte[]> cut = java.util.stream.IntStream.range(0, pieces)
                .mapToObj(i -> Arrays.copyOfRange(all, i * pieceBytes, Math.min(all.length, (i + 1) * pieceBytes)))
                .toList();
        return new Exchange(cut, between, answers, limit, end, expected);
    }

    /** Its bytes as text, what is not printable escaped, and no more than a screen of it. */
    @Override
    public String toString() {
        byte[] all = bytes();
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(all.length, SHOWN_BYTES); i++) {
            char c = (char) (all[i] & 0xFF);
            shown.append(
                    c == '\r'
                            ? "\\r"
                            : c == '\n'
                                    ? "\\n\n    "
                                    : c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return shown
                + (all.length > SHOWN_BYTES ? "… (" + all.length + " bytes)" : "")
                + (parts.size() > 1 ? " [in " + parts.size() + " pieces, " + pause.toMillis() + " ms apart]" : "")
                + (end == End.AWAIT ? "" : " [" + end + "]");
    }

    private byte[] bytes() {
        return concatenated(parts.toArray(byte[][]::new));
    }

    /** All of it as one. */
    public static byte[] concatenated(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
