package io.tidewatch.system.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tidewatch.system.fuzz.wire.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What goes wrong below the API: headers, framing, versions, and clients that go away. */
final class Protocol {
    private static final List<String> HEADERS = List.of(
            "X-HTTP-Method-Override: DELETE",
            "X-HTTP-Method: DELETE",
            "X-Method-Override: DELETE",
            "Host: other",
            "Host:",
            "Host: a b",
            "Host: ${x}",
            "Host: " + "a".repeat(4000),
            "X-Forwarded-Host: evil",
            "X-Forwarded-Proto: javascript",
            "Forwarded: for=x;host=evil",
            "Content-Type: text/html",
            "Content-Type: application/json; charset=utf-7",
            "Content-Type: ,;,;",
            "Accept: */*;q=NaN",
            "Accept-Encoding: gzip;q=0, *",
            "Accept-Charset: x",
            "Range: bytes=0-,1-,2-,3-",
            "If-None-Match: *",
            "If-Match: \"x\"",
            "If-Modified-Since: yesterday",
            "Expect: 100-continue",
            "Expect: 200-maybe",
            "Upgrade: h2c",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "Cookie: " + "a=b; ".repeat(1500),
            "X-Long: " + "x".repeat(9000),
            "X: y\r\n".repeat(600) + "Z: z",
            "X".repeat(5000) + ": y",
            ": no name",
            "no colon",
            " folded: x",
            "X: a\r\n folded",
            "X\u0000: y",
            "X: a\u0000b",
            "X: é\u0080",
            "Transfer-Encoding: gzip",
            "Trailer: Content-Length",
            "TE: trailers, deflate;q=0.5");

    private Protocol() {}

    static Exchange headers(Random random, Ground ground) {
        String header = FuzzPlan.pick(random, HEADERS) + "\r\n"
                + (random.nextInt(3) > 0 ? "" : FuzzPlan.pick(random, HEADERS) + "\r\n");
        String path = FuzzPlan.pick(random, Urls.routes(random, ground));
        return random.nextBoolean()
                ? Exchange.of(Exchange.head("GET", path, header) + "\r\n", new byte[0])
                : Exchange.json("PUT", ground.remoteCheckPath(), "{\"label\": \"x\"}".getBytes(ISO_8859_1), header);
    }

    /** Where one body ends and the next request begins, told in two ways; and chunks that are none. */
    static Exchange framing(Random random, Ground ground) {
        String path = ground.root() + "/results";
        String smuggled = "GET " + ground.root() + "/entities HTTP/1.1\r\nHost: fuzz\r\n\r\n";
        String json = "Content-Type: application/json\r\n";
        String text = switch (random.nextInt(12)) {
            case 0 -> post(path, json + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n" + smuggled;
            case 1 ->
                post(path, json + "Content-Length: 0\r\nContent-Length: " + smuggled.length() + "\r\n") + smuggled;
            case 2 -> post(path, json + "Content-Length: 3, 5\r\n") + "{}   ";
            case 3 ->
                post(
                                path,
                                json + "Content-Length: "
                                        + FuzzPlan.pick(
                                                random,
                                                "-1",
                                                "+2",
                                                "2x",
                                                "0x2",
                                                "1e1",
                                                "9223372036854775808",
                                                "2 2",
                                                "\"2\"",
                                                "")
                                        + "\r\n")
                        + "{}";
            case 4 ->
                post(
                                path,
                                json + "Transfer-Encoding: "
                                        + FuzzPlan.pick(
                                                random,
                                                "xchunked",
                                                "chunked, identity",
                                                "chunked, gzip",
                                                "\u000bchunked",
                                                "chunked, chunked",
                                                "identity")
                                        + "\r\n")
                        + "2\r\n{}\r\n0\r\n\r\n";
            case 5 ->
                post(path, json + "Transfer-Encoding: chunked\r\n")
                        + FuzzPlan.pick(
                                random,
                                "ZZ",
                                "-1",
                                "0x2",
                                "FFFFFFFFFFFFFFFFF",
                                "2 2",
                                "",
                                "2;" + "x".repeat(70_000),
                                "é")
                        + "\r\n{}\r\n0\r\n\r\n";
            case 6 -> post(path, json + "Transfer-Encoding: chunked\r\n") + "2\r\n{}X0\r\n\r\n";
            case 7 -> post(path, json + "Transfer-Encoding: chunked\r\n") + "7fffffff\r\n{}";
            case 8 -> post(path, json + "Content-Length : 2\r\n") + "{}";
            case 9 -> post(path, json + "Transfer-Encoding : chunked\r\n") + "2\r\n{}\r\n0\r\n\r\n";
            case 10 -> post(path, json + "X: y\r\n\tfolded\r\nContent-Length: 2\r\n") + "{}";
            default ->
                post(path, json + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")
                        + "2\r\n{}\r\n0\r\n\r\n";
        };
        return Exchange.of(text.getBytes(ISO_8859_1))
                .with(Exchange.End.HALF_CLOSE)
                .awaiting(2)
                .refused();
    }

    /** Many requests at once on one connection, all of them good, or a bad one among them. */
    static Exchange pipelines(Random random, Ground ground) {
        int count = 2 + random.nextInt(30);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String path = FuzzPlan.pick(random, Urls.routes(random, ground));
            text.append(
                    random.nextInt(20) == 0
                            ? "BAD\r\n\r\n"
                            : "GET " + path + " HTTP/1.1\r\nHost: fuzz\r\n"
                                    + (i == count - 1 ? "Connection: close\r\n" : "") + "\r\n");
        }
        return Exchange.of(text.toString().getBytes(ISO_8859_1)).awaiting(count);
    }

    /** Other protocols, and those that are no more. */
    static Exchange versions(Random random, Ground ground) {
        String path = ground.root() + "/entities";
        byte[] noise = new byte[1 + random.nextInt(3000)];
        random.nextBytes(noise);
        byte[] tlsHello = {0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03};
        byte[] request = switch (random.nextInt(9)) {
            case 0 -> ascii("GET " + path + "\r\n");
            case 1 -> ascii("GET " + path + " HTTP/1.0\r\n\r\n");
            case 2 ->
                ascii("GET " + path + " HTTP/" + FuzzPlan.pick(random, "3.0", "2.0", "1.9", "0.9", "1", "x", "1.1.1")
                        + "\r\nHost: a\r\n\r\n");
            case 3 -> ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            case 4 -> Exchange.concatenated(tlsHello, noise);
            case 5 -> noise;
            case 6 -> ascii("GET " + path + " HTTP/1.1\n\n");
            case 7 -> ascii("GET  " + path + "  HTTP/1.1\r\n\r\n");
            default ->
                ascii("GET http://" + FuzzPlan.pick(random, "other", "", "a b", "[::1", "x:99999") + path
                        + " HTTP/1.1\r\nHost: fuzz\r\nConnection: close\r\n\r\n");
        };
        return Exchange.of(request).with(Exchange.End.HALF_CLOSE);
    }

    /** Half of a request, and the client is gone, or says that there is no more. */
    static Exchange halves(Random random, Ground ground) {
        byte[] body = "{\"label\": \"x\"}".getBytes(ISO_8859_1);
        String head = Exchange.head(
                "PUT", ground.remoteCheckPath(), "Content-Type: application/json\r\nContent-Length: 14\r\n");
        byte[] whole = Exchange.concatenated(ascii(head + "\r\n"), body);
        byte[] half = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
        Exchange exchange = Exchange.of(half).with(FuzzPlan.pick(random, Exchange.End.RESET, Exchange.End.HALF_CLOSE));
        return random.nextInt(4) > 0 ? exchange : exchange.inPieces(7, Duration.ofMillis(1), Exchange.DEADLINE);
    }

    /** One that takes its time: a byte of the head, or of the body, each so often. */
    static Exchange slow(Random random, Ground ground, Duration between, Duration atMost) {
        String head = Exchange.head(
                "POST", ground.root() + "/results", "Content-Type: application/json\r\nContent-Length: 1000\r\n");
        if (random.nextBoolean()) {
            return Exchange.of(ascii(head + "X: y\r\n".repeat(50))).inPieces(1, between, atMost);
        }
        Exchange slow = Exchange.of(new byte[1000]).inPieces(1, between, atMost);
        return new Exchange(
                java.util.stream.Stream.concat(java.util.stream.Stream.of(ascii(head + "\r\n")), slow.parts().stream())
                        .toList(),
                between,
                1,
                atMost,
                Exchange.End.AWAIT,
                Exchange.Expectation.ANYTHING);
    }

    private static String post(String path, String headers) {
        return Exchange.head("POST", path, headers) + "\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
