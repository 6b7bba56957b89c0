package io.tidewatch.poller.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Outcome.Available;
import io.tidewatch.poller.probe.Outcome.Unavailable;
import io.tidewatch.poller.probe.Outcomes;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpProbeTest {
    private static final CheckTarget ANYWHERE = CheckTarget.unknown(AddressChoice.PREFER_IPV4);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final HttpServer server;
    private final TestZone zone =
            TestZone.withHosts("127.0.0.1 web.test", "127.0.0.1 other.test", "10.1.2.3 inside.test");

    HttpProbeTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        zone.close();
    }

    @Test
    void measuresAResponse() throws Exception {
        serve("/", 200, "hello");

        Outcome outcome = run(Map.of("url", url("/")));

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(outcome.status()).matches("code=200,rt=[0-9]+\\.[0-9]{3}s,bytes=5");
        Map<String, Object> values = Outcomes.values(outcome);
        assertThat(values)
                .containsEntry("code", "200")
                .containsEntry("bytes", 5L)
                .containsEntry("truncated", 0L);
        assertThat((Long) values.get("duration"))
                .isGreaterThanOrEqualTo((Long) values.get("tt_firstbyte"))
                .isLessThan(TIMEOUT.toMillis());
        assertThat((Long) values.get("tt_firstbyte")).isGreaterThanOrEqualTo((Long) values.get("tt_connect"));
        assertThat(Outcomes.units(outcome))
                .isEqualTo(Map.of(
                        "code", "",
                        "bytes", "bytes",
                        "truncated", "bytes",
                        "duration", "milliseconds",
                        "tt_connect", "milliseconds",
                        "tt_firstbyte", "milliseconds"));
    }

    @Test
    void isAvailableWhateverTheStatus() throws Exception {
        serve("/", 500, "broken");

        Outcome outcome = run(Map.of("url", url("/")));

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(Outcomes.values(outcome)).containsEntry("code", "500");
    }

    @Test
    void findsPatternsInTheBodyAndCutsMatches() throws Exception {
        serve("/", 200, "id=42; " + "x".repeat(200) + " end");

        Outcome outcome = run(Map.of(
                "url", url("/"),
                "body", "x+",
                "body_matches", Map.of("id", "id=([0-9]+)", "gone", "absent")));

        assertThat(Outcomes.values(outcome))
                .containsEntry("body_match", "x".repeat(80))
                .containsEntry("body_match_id", "42")
                .containsEntry("body_match_gone", "");
    }

    @Test
    void includesTheBodyWhenAsked() throws Exception {
        serve("/", 200, "y".repeat(5000));

        Outcome outcome = run(Map.of("url", url("/"), "include_body", true));

        assertThat(Outcomes.values(outcome)).containsEntry("body", "y".repeat(4096));
    }

    @Test
    void looksAtTheFirstHundredThousandBytesAndCountsTheRest() throws Exception {
        serve("/", 200, "a".repeat(HttpConversation.MAX_BODY_BYTES) + "tail");

        Outcome outcome = run(Map.of("url", url("/"), "body", "tail"));

        assertThat(Outcomes.values(outcome))
                .containsEntry("bytes", 100_004L)
                .containsEntry("truncated", 4L)
                .containsEntry("body_match", "");
    }

    @Test
    void stopsReadingAnEndlessBody() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[8192]);
                }
            } catch (IOException e) {
                exchange.close(); // the probe has hung up
            }
        });

        Outcome outcome = run(Map.of("url", url("/")));

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat((Long) Outcomes.values(outcome).get("bytes"))
                .isBetween((long) HttpConversation.MAX_READ_BYTES, HttpConversation.MAX_READ_BYTES + 100_000L);
    }

    @Test
    void sendsMethodHeadersCredentialsAndPayload() throws Exception {
        Map<String, String> seen = new HashMap<>();
        server.createContext("/", exchange -> {
            seen.put("method", exchange.getRequestMethod());
            seen.put("host", exchange.getRequestHeaders().getFirst("Host"));
            seen.put("custom", exchange.getRequestHeaders().getFirst("X-Custom"));
            seen.put("authorization", exchange.getRequestHeaders().getFirst("Authorization"));
            seen.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, 201, "");
        });

        Outcome outcome = run(Map.of(
                "url", "http://web.test:" + port() + "/",
                "method", "POST",
                "headers", Map.of("X-Custom", "yes"),
                "auth_user", "aladdin",
                "auth_password", "opensesame",
                "payload", "grüße"));

        assertThat(Outcomes.values(outcome)).containsEntry("code", "201");
        assertThat(seen)
                .containsEntry("method", "POST")
                .containsEntry("host", "web.test:" + port())
                .containsEntry("custom", "yes")
                .containsEntry("authorization", "Basic YWxhZGRpbjpvcGVuc2VzYW1l")
                .containsEntry("body", "grüße");
    }

    @Test
    void headHasNoBody() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });

        Outcome outcome = run(Map.of("url", url("/"), "method", "HEAD"));

        assertThat(Outcomes.values(outcome)).containsEntry("code", "200").containsEntry("bytes", 0L);
    }

    @Test
    void followsARedirectWithoutThePayload() throws Exception {
        StringBuilder requests = new StringBuilder();
        server.createContext("/start", exchange -> redirect(exchange, 302, "/end"));
        server.createContext("/end", exchange -> {
            requests.append(exchange.getRequestMethod())
                    .append(exchange.getRequestBody().readAllBytes().length)
                    .append(exchange.getRequestHeaders().getFirst("X-Custom"));
            answer(exchange, 200, "arrived");
        });

        Outcome outcome = run(Map.of(
                "url", url("/start"), "method", "POST", "payload", "data", "headers", Map.of("X-Custom", "kept")));

        assertThat(Outcomes.values(outcome)).containsEntry("code", "200").containsEntry("bytes", 7L);
        assertThat(requests).hasToString("GET0kept");
    }

    @Test
    void keepsCredentialsFromAnotherOrigin() throws Exception {
        Map<String, String> seen = new HashMap<>();
        server.createContext("/start", exchange -> redirect(exchange, 302, "http://other.test:" + port() + "/end"));
        server.createContext("/end", exchange -> {
            seen.put(
                    "authorization", String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            seen.put("custom", String.valueOf(exchange.getRequestHeaders().getFirst("X-Custom")));
            answer(exchange, 200, "");
        });

        run(Map.of(
                "url",
                "http://web.test:" + port() + "/start",
                "auth_user",
                "aladdin",
                "headers",
                Map.of("X-Custom", "secret")));

        assertThat(seen).containsEntry("authorization", "null").containsEntry("custom", "null");
    }

    @Test
    void reportsARedirectThatIsNotToBeFollowed() throws Exception {
        server.createContext("/", exchange -> redirect(exchange, 301, "/elsewhere"));

        Outcome outcome = run(Map.of("url", url("/"), "follow_redirects", false));

        assertThat(Outcomes.values(outcome)).containsEntry("code", "301");
    }

    @Test
    void givesUpOnARedirectLoop() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            redirect(exchange, 302, "/again");
        });

        Outcome outcome = run(Map.of("url", url("/")));

        assertFailure(outcome, FailureKind.PROTOCOL_ERROR, "more than 10 redirects");
        assertThat(requests).hasValue(11);
    }

    @Test
    void deniesARedirectToAnAddressThatIsNotAllowed() throws Exception {
        server.createContext("/literal", exchange -> redirect(exchange, 302, "http://169.254.169.254/latest"));
        server.createContext("/name", exchange -> redirect(exchange, 302, "http://inside.test/"));

        Outcome literal = run(Map.of("url", url("/literal")));
        Outcome name = run(Map.of("url", url("/name")));

        assertFailure(literal, FailureKind.POLICY_DENIED, "prevented by the zone's address policy");
        assertFailure(name, FailureKind.POLICY_DENIED, "prevented by the zone's address policy");
    }

    @Test
    void deniesATargetThatIsNotAllowed() throws Exception {
        try (TestZone strict = TestZone.allowing()) {
            AtomicInteger requests = new AtomicInteger();
            server.createContext("/", exchange -> requests.incrementAndGet());

            Outcome outcome = run(strict, Map.of("url", url("/")), ANYWHERE);

            assertFailure(outcome, FailureKind.POLICY_DENIED, "prevented by the zone's address policy");
            assertThat(requests).hasValue(0);
        }
    }

    @Test
    void connectsToTheTargetAndKeepsTheHostOfTheUrl() throws Exception {
        StringBuilder host = new StringBuilder();
        server.createContext("/", exchange -> {
            host.append(exchange.getRequestHeaders().getFirst("Host"));
            answer(exchange, 200, "");
        });
        String url = "http://not-in-any-dns.test:" + port() + "/";

        Outcome outcome =
                run(zone, Map.of("url", url), CheckTarget.of(new Target("127.0.0.1", AddressChoice.PREFER_IPV4)));

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(host).hasToString("not-in-any-dns.test:" + port());
    }

    @Test
    void reportsARefusedConnection() throws Exception {
        int closedPort = port();
        server.stop(0);

        Outcome outcome = run(Map.of("url", "http://127.0.0.1:" + closedPort + "/"));

        assertFailure(outcome, FailureKind.CONNECT_REFUSED, "connection refused");
        assertThat(outcome.metrics()).isEmpty();
    }

    @Test
    void namesTheTimeoutOfAServerThatDoesNotAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome =
                    run(zone, Map.of("url", "http://127.0.0.1:" + silent.getLocalPort() + "/"), ANYWHERE, SHORT);

            assertFailure(outcome, FailureKind.REQUEST_TIMEOUT, "timed out after 1.000s waiting for the first byte");
        }
    }

    @Test
    void namesTheTimeoutOfAServerThatStopsHalfway() throws Exception {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });

        Outcome outcome = run(zone, Map.of("url", url("/")), ANYWHERE, SHORT);

        assertFailure(outcome, FailureKind.READ_TIMEOUT, "timed out after 1.000s reading");
    }

    @Test
    void namesTheTimeoutOfANameServer() throws Exception {
        Outcome outcome = run(zone, Map.of("url", "http://unanswered.test/"), ANYWHERE, SHORT);

        assertFailure(outcome, FailureKind.DNS_TIMEOUT, "timed out after 1.000s resolving the name");
    }

    @Test
    void readsABodyThatEndsWithTheConnection() throws Exception {
        Outcome outcome = talk("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nto the end");

        assertThat(Outcomes.values(outcome)).containsEntry("code", "200").containsEntry("bytes", 10L);
    }

    @Test
    void reportsWhatIsNotHttp() throws Exception {
        assertFailure(talk("220 mail.test ESMTP\r\n\r\n"), FailureKind.PROTOCOL_ERROR, "the response is not HTTP");
    }

    @Test
    void reportsAConnectionThatEndsTooEarly() throws Exception {
        assertFailure(talk(""), FailureKind.PROTOCOL_ERROR, "connection closed without a response");
        assertFailure(
                talk("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
                FailureKind.PROTOCOL_ERROR,
                "connection closed within the response");
    }

    /** Runs a check against a server that reads a request and answers with exactly this. */
    private Outcome talk(String answer) throws Exception {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread target = new Thread(() -> answer(raw, answer), "target");
            target.setDaemon(true);
            target.start();
            return run(Map.of("url", "http://127.0.0.1:" + raw.getLocalPort() + "/"));
        }
    }

    private static void answer(ServerSocket server, String answer) {
        try (Socket client = server.accept()) {
            int unused = client.getInputStream().read(new byte[4096]);
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(String path, int status, String body) {
        server.createContext(path, exchange -> answer(exchange, status, body));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        answer(exchange, status, "");
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private Outcome run(Map<String, Object> details) throws Exception {
        return run(zone, details, ANYWHERE);
    }

    private static Outcome run(TestZone zone, Map<String, Object> details, CheckTarget target) throws Exception {
        return run(zone, details, target, TIMEOUT);
    }

    private static Outcome run(TestZone zone, Map<String, Object> details, CheckTarget target, Duration timeout)
            throws Exception {
        return zone.run(HttpProbe.type(zone.connector(), Runnable::run, Clock.systemUTC()), details, target, timeout);
    }

    private static void assertFailure(Outcome outcome, FailureKind kind, String status) {
        assertThat(outcome).isEqualTo(new Unavailable(kind, status, Map.of()));
    }
}
