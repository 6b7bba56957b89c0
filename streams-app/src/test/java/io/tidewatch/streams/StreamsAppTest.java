package io.tidewatch.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidewatch.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app without Kafka; with it, it is tested with the servers. */
final class StreamsAppTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StreamsApp app;

    StreamsAppTest(@TempDir Path stateDir) {
        Map<String, String> nobodyThere = Map.of(
                "kafka.bootstrap.servers", "127.0.0.1:1",
                "schema.registry.url", "http://127.0.0.1:1",
                "state.dir", stateDir.toString());
        app = new StreamsApp(Settings.of(StreamsAppConfig.definition(), nobodyThere), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void waitsForKafkaAndSaysSo() throws Exception {
        CompletableFuture<Void> start = CompletableFuture.runAsync(app::start);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(app.unreadyBecause())
                        .singleElement()
                        .asString()
                        .contains("Kafka", "answer"));

        assertThat(start).isNotDone();
        assertThat(app.deadBecause()).isEmpty();
        assertThat(status("/health/live")).isEqualTo(200);
        assertThat(status("/health/ready")).isEqualTo(503);
    }

    @Test
    void endsTheWaitWhenItIsClosed() {
        CompletableFuture<Void> start = CompletableFuture.runAsync(app::start);
        await().atMost(PATIENCE).until(this::isServing);

        app.close();

        assertThatThrownBy(() -> start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Closed before");
        assertThatThrownBy(() -> status("/health/live")).isInstanceOf(IOException.class);
    }

    @Test
    void isNotReadyBeforeItIsStarted() {
        assertThat(app.unreadyBecause()).isNotEmpty();
        assertThatThrownBy(app::operationsPort).isInstanceOf(IllegalStateException.class);
    }

    private boolean isServing() {
        try {
            return app.operationsPort() > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.operationsPort() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
