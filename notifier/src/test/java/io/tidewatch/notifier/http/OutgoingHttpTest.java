package io.tidewatch.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes of a request to receivers of all kinds. */
final class OutgoingHttpTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Duration DEADLINE = Duration.ofMillis(700);

    private final OutgoingHttp http = http(new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")), List.of()));

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void sendsTheCallAndHasItConfirmed() {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 204 No Content", "", "")) {
            assertThat(http.send(call(receiver.url()))).isEqualTo(Attempt.confirmed());

            assertThat(receiver.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request)
                            .startsWith("POST /hook/s3cret HTTP/1.1\n")
                            .contains("Content-Type: application/json\n", "X-Token: t0ken\n", "Content-Length: 2\n")
                            .endsWith("\n{}"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',           '/'",
        "//,           '/'",
        "//evil.test/, '/evil.test/'",
        "///a//b?c=//, '/a//b?c=//'",
        "/?a=%2F%00,   '/?a=%2F%00'",
        "/é b,         '/%C3%A9%20b'",
    })
    void takesNoPathForAHost(String path, String sent) {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 204 No Content", "", "")) {
            String base = receiver.url().replace("/hook/s3cret", "");

            assertThat(http.send(call(base + path))).isEqualTo(Attempt.confirmed());

            assertThat(receiver.requests()).singleElement().asString().startsWith("POST " + sent + " HTTP/1.1\n");
        }
    }

    @Test
    void putsWhatIsToBePut() {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 204 No Content", "", "")) {
            HttpCall call = new HttpCall(HttpMethod.PUT, HttpUrl.parse(receiver.url()), Map.of(), "{}", Set.of());

            assertThat(http.send(call)).isEqualTo(Attempt.confirmed());

            assertThat(receiver.requests()).singleElement().asString().startsWith("PUT /hook/s3cret HTTP/1.1\n");
            assertThat(call).hasToString("PUT " + call.target() + ", 2 characters");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, CONFIRMED",
        "202, CONFIRMED",
        "301, REFUSED",
        "400, REFUSED",
        "401, REFUSED",
        "404, REFUSED",
        "408, NOT_RECEIVED",
        "410, REFUSED",
        "425, NOT_RECEIVED",
        "429, NOT_RECEIVED",
        "500, UNKNOWN",
        "502, UNKNOWN",
        "503, NOT_RECEIVED",
        "504, UNKNOWN",
    })
    void judgesByTheStatus(int status, Result result) {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering(
                "HTTP/1.1 " + status + " So", "Location: http://127.0.0.1:1/", "Content-Length: 0", "", "")) {
            assertThat(http.send(call(receiver.url())).result()).isEqualTo(result);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'120',                           2026-11-30T12:02:00Z",
        "'Mon, 30 Nov 2026 12:00:30 GMT', 2026-11-30T12:00:30Z",
        "'86400',                         2026-11-30T13:00:00Z",
        "'-1',                            ",
        "'soon',                          ",
    })
    void comesAgainWhenTheReceiverWants(String retryAfter, Instant notBefore) {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering(
                "HTTP/1.1 429 Slow down", "Retry-After: " + retryAfter, "Content-Length: 8", "", "too many")) {
            assertThat(http.send(call(receiver.url())))
                    .isEqualTo(
                            new Attempt(Result.NOT_RECEIVED, "status 429: too many", Optional.ofNullable(notBefore)));
        }
    }

    @Test
    void aReceiverThatReadsAndHangsUpMayHaveIt() {
        try (ScriptedReceiver receiver = new ScriptedReceiver(Socket::close)) {
            Attempt attempt = http.send(call(receiver.url()));

            assertThat(attempt.result()).isEqualTo(Result.UNKNOWN);
            assertThat(attempt.reason()).endsWith(": the connection broke before the answer was there");
        }
    }

    @Test
    void aReceiverThatSaysNothingMayHaveIt() {
        try (ScriptedReceiver receiver = new ScriptedReceiver(connection -> Thread.sleep(60_000))) {
            Attempt attempt = http.send(call(receiver.url()));

            assertThat(attempt.result()).isEqualTo(Result.UNKNOWN);
            assertThat(attempt.reason()).contains("700 ms");
        }
    }

    /** Fault of others: timeouts are for each read, and a header a second keeps a sender for ever. */
    @Test
    void headersThatDripEndWithTheDeadline() {
        try (ScriptedReceiver receiver =
                new ScriptedReceiver(connection -> drip(connection, "HTTP/1.1 200 OK\r\nX: "))) {
            long begun = System.nanoTime();

            assertThat(http.send(call(receiver.url())).result()).isEqualTo(Result.UNKNOWN);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DEADLINE, DEADLINE.multipliedBy(10));
        }
    }

    @Test
    void aBodyThatDripsOrNeverEndsDoesNotUndoTheStatus() {
        try (ScriptedReceiver receiver = new ScriptedReceiver(
                connection -> drip(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"))) {
            assertThat(http.send(call(receiver.url()))).isEqualTo(Attempt.confirmed());
        }
        try (ScriptedReceiver receiver = new ScriptedReceiver(connection -> {
            ScriptedReceiver.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            while (true) {
                ScriptedReceiver.write(connection, "x".repeat(10_000));
            }
        })) {
            assertThat(http.send(call(receiver.url()))).isEqualTo(Attempt.confirmed());
        }
    }

    @Test
    void nobodyThereHasNotGotIt() {
        String url;
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 200 OK", "", "")) {
            url = receiver.url();
        }

        assertThat(http.send(call(url)).reason()).endsWith(": no connection");
        assertThat(http.send(call(url)).result()).isEqualTo(Result.NOT_RECEIVED);
        assertThat(http.send(call("http://nowhere.invalid/")))
                .isEqualTo(Attempt.of(Result.NOT_RECEIVED, "http://nowhere.invalid: its name does not resolve"));
    }

    @Test
    void whatIsNoTlsServerHasNotGotIt() {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 200 OK", "", "")) {
            Attempt attempt = http.send(call(receiver.url().replace("http:", "https:")));

            assertThat(attempt.result()).isIn(Result.NOT_RECEIVED, Result.UNKNOWN);
            // The random bytes of TLS's first message may have an empty line in them, and pass for a request of
            // nonsense.
            assertThat(receiver.requests()).noneMatch(request -> request.contains("POST"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:PORT/",
        "http://localhost:PORT/",
        "http://[::1]:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://169.254.169.254/",
        "http://10.0.0.1/",
        "http://0.0.0.0:PORT/"
    })
    void reachesNoForbiddenAddress(String url) {
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 200 OK", "", "");
                OutgoingHttp strict = http(new AddressPolicy(List.of(), List.of()))) {
            String port = receiver.url().replaceAll(".*:([0-9]+)/.*", "$1");

            Attempt attempt = strict.send(call(url.replace("PORT", port)));

            assertThat(attempt.result()).isEqualTo(Result.REFUSED);
            assertThat(attempt.reason()).endsWith(": its address must not be reached from here");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void tellsNoSecretThatTheReceiverTells() {
        String said = "no /hook/caf%C3%A9-s3cret?k=s3cret0123, no café-s3cret, no s3cret0123, no t0ken";
        try (ScriptedReceiver receiver = ScriptedReceiver.answering("HTTP/1.1 404 Not Found", "", said)) {
            String url = receiver.url().replace("/hook/s3cret", "/hook/caf%C3%A9-s3cret?k=s3cret0123");
            HttpCall call = new HttpCall(HttpMethod.POST, HttpUrl.parse(url), Map.of(), "{}", Set.of("t0ken"));

            assertThat(http.send(call).reason()).isEqualTo("status 404: no …, no …, no …, no …");
        }
    }

    @Test
    void tellsNoSecretInAnyText() {
        HttpCall call = call("http://127.0.0.1:1/hook/s3cret");

        assertThat(call.toString()).doesNotContain("s3cret", "t0ken");
        assertThat(http.send(call).reason()).doesNotContain("s3cret", "t0ken");
    }

    private static void drip(Socket connection, String begin) throws java.io.IOException, InterruptedException {
        ScriptedReceiver.write(connection, begin);
        while (true) {
            Thread.sleep(50);
            ScriptedReceiver.write(connection, "x");
        }
    }

    private static OutgoingHttp http(AddressPolicy policy) {
        return new OutgoingHttp(policy, OperatorProxy.NONE, DEADLINE, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static HttpCall call(String url) {
        return HttpCall.post(HttpUrl.parse(url), Map.of("Content-Type", "application/json", "X-Token", "t0ken"), "{}");
    }
}
