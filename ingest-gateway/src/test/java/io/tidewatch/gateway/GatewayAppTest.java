package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway while Kafka is away. */
class GatewayAppTest {
    private final int apiPort = freePort();
    private final GatewayApp app = new GatewayApp(
            Settings.of(
                    GatewayConfig.DEFINITION,
                    Map.of(
                            KafkaSettings.BOOTSTRAP_SERVERS,
                            "127.0.0.1:" + freePort(),
                            GatewayConfig.HTTP_HOST,
                            "127.0.0.1",
                            GatewayConfig.HTTP_PORT,
                            Integer.toString(apiPort),
                            OperationsSettings.PORT,
                            "0")),
            Clock.systemUTC());
    private CompletableFuture<Void> start = new CompletableFuture<>();

    @BeforeEach
    void start() {
        start = CompletableFuture.runAsync(app::start);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void servesHealthAndIsNotReadyWhileItWaitsForKafka() {
        Awaitility.await().ignoreException(IllegalStateException.class).untilAsserted(() -> {
            HttpResponse<String> ready = health("ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("Kafka", "The API does not listen");
        });
        assertThat(health("live").statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> get("http://127.0.0.1:" + apiPort + "/v1.0/acme/entities"))
                .hasCauseInstanceOf(ConnectException.class);
        assertThat(start).isNotDone();
    }

    @Test
    void endsItsStartWhenItIsClosed() {
        Awaitility.await()
                .ignoreException(IllegalStateException.class)
                .untilAsserted(() -> assertThat(health("ready").statusCode()).isEqualTo(503));

        app.close();

        assertThatThrownBy(start::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(app.unreadyBecause()).containsExactly("the gateway is closing");
        assertThat(app.deadBecause()).isEmpty();
    }

    private HttpResponse<String> health(String question) {
        return get("http://127.0.0.1:" + app.operationsPort() + "/health/" + question);
    }

    private static HttpResponse<String> get(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
