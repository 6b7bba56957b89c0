package io.tidewatch.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poller while Kafka is away. */
class PollerAppTest {
    private final PollerApp app = new PollerApp(
            Settings.of(
                    PollerConfig.DEFINITION,
                    Map.of(
                            KafkaSettings.BOOTSTRAP_SERVERS,
                            "127.0.0.1:" + freePort(),
                            PollerConfig.ZONE_ID,
                            "mzdfw",
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
        await().ignoreExceptions().untilAsserted(() -> {
            HttpResponse<String> ready = health("ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("Kafka", "the poller has not started");
        });
        assertThat(health("live").statusCode()).isEqualTo(200);
        assertThat(start).isNotDone();
    }

    @Test
    void endsItsStartWhenItIsClosed() {
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(health("ready").statusCode()).isEqualTo(503));

        app.close();
        app.close();

        assertThatThrownBy(start::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(app.unreadyBecause()).containsExactly("the poller is closing");
        assertThat(app.deadBecause()).isEmpty();
    }

    private HttpResponse<String> health(String question) {
        URI uri = URI.create("http://127.0.0.1:" + app.operationsPort() + "/health/" + question);
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
