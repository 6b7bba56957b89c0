package io.tidewatch.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperationsServerTest {
    private final AtomicReference<List<String>> dead = new AtomicReference<>(List.of());
    private final AtomicReference<List<String>> unready = new AtomicReference<>(List.of());
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
                .withMessageStartingWith("Can't serve health and metrics on port " + server.port() + ": ");
    }

    @Test
    void freesItsPortWhenClosedAndMayBeClosedAgain() {
        server.close();
        server.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get("/metrics"));
    }

    private OperationsServer server(int port) {
        return new OperationsServer(port, new Health(dead::get, unready::get), meters);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
