package io.tidewatch.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperationsServerTest {
    private final AtomicReference<List<String>> dead = new AtomicReference<>(List.of());
    private final AtomicReference<List<String>> unready = new AtomicReference<>(List.of());
    private final AtomicBoolean unknown = new AtomicBoolean();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private final OperationsServer server = server(0);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysThatThePartIsWell() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/live").body()).isEqualTo("ok\n");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhyThePartIsNotReadyWhileItLives() throws Exception {
        unready.set(List.of("Kafka is away", "still restoring"));

        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).isEqualTo("Kafka is away\nstill restoring\n");

        unready.set(List.of());
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhyThePartIsDead() throws Exception {
        dead.set(List.of("a thread has died"));

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").body()).isEqualTo("a thread has died\n");
    }

    @Test
    void givesTheMetricsAsPrometheusText() throws Exception {
        meters.counter("runs").increment(3);

        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(response.body()).contains("runs_total 3.0");
    }

    @Test
    void refusesAPortThatIsTaken() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> server(server.port()))
                .withMessageStartingWith("Can't serve health and metrics on port " + server.port() + " of 127.0.0.1: ");
    }

    /** Two connections that said nothing more took both threads, and health and metrics were gone. */
    @Test
    void answersWhileManyConnectionsSendOneByteEach() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                strangers.add(saying("G"));
            }

            assertAnswersWithinASecond("/health/live");
            assertAnswersWithinASecond("/metrics");
        } finally {
            close(strangers);
        }
    }

    @Test
    void answersWhileManyConnectionsDoNotReadTheirAnswers() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            meters.counter("large", "number", Integer.toString(i));
        }
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * OperationsConnections.MAX_CONNECTIONS; i++) {
                strangers.add(saying("GET /metrics HTTP/1.0\r\n\r\n"));
            }

            assertAnswersWithinASecond("/health/live");
        } finally {
            close(strangers);
        }
    }

    @Test
    void endsAConnectionThatDoesNotFinishItsRequest() throws Exception {
        try (Socket stranger = saying("GET /health/live HTTP/1.1\r\n")) {
            stranger.setSoTimeout(10_000);

            String said = new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(said).doesNotContain("ok\n");
        }
    }

    @Test
    void refusesAHeadThatIsTooLarge() throws Exception {
        String head = "GET /metrics HTTP/1.0\r\nCookie: ";
        String rest = "x".repeat(OperationsServer.MAX_HEAD_BYTES - head.length() - 5);

        assertThat(statusLine(head + rest + "\r\n\r\n")).isEqualTo("HTTP/1.1 200 OK");
        assertThat(statusLine(head + rest + "xx\r\n\r\n")).isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /health/live?why=so HTTP/1.0, HTTP/1.1 200 OK",
        "HEAD /metrics HTTP/1.0, HTTP/1.1 200 OK",
        "GET /health HTTP/1.0, HTTP/1.1 404 Not Found",
        "GET / HTTP/1.0, HTTP/1.1 404 Not Found",
        "POST /metrics HTTP/1.0, HTTP/1.1 405 Method Not Allowed",
        "SSH-2.0-OpenSSH_9.2, HTTP/1.1 400 Bad Request",
    })
    void answersWhatItDoesNotServeToo(String firstLine, String expected) throws Exception {
        assertThat(statusLine(firstLine + "\r\n\r\n")).isEqualTo(expected);
    }

    @Test
    void answersFurtherRequestsAfterOneThatCouldNotBeAnswered() throws Exception {
        unready.set(List.of("Kafka is away"));
        unknown.set(true);
        assertThat(get("/health/ready").statusCode()).isEqualTo(500);

        unknown.set(false);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void freesItsPortWhenClosedAndMayBeClosedAgain() {
        server.close();
        server.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get("/metrics"));
    }

    private void assertAnswersWithinASecond(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(1)).build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    private String statusLine(String request) throws IOException {
        try (Socket socket = saying(request)) {
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private Socket saying(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private OperationsServer server(int port) {
        return new OperationsServer(
                new OperationsSettings("127.0.0.1", port), new Health(dead::get, this::unready), meters);
    }

    private List<String> unready() {
        if (unknown.get()) {
            throw new IllegalStateException("Nobody knows");
        }
        return unready.get();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
