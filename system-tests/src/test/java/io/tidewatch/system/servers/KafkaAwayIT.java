package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.streams.StreamsApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What streams say of themselves while the only broker is dead. On servers of its own, because it ends one. */
final class KafkaAwayIT {
    private static final Duration STARTED_WITHIN = Duration.ofSeconds(90);
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void streamsAreUnreadyUntilTheBrokerIsBack() {
        try (DataDirectory data = DataDirectory.open(directory.resolve("servers"));
                EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free())) {
            servers.start(server -> {});
            try (StreamsApp streams = new StreamsApp(
                    StreamsSettings.of(
                            SharedServers.freshTopics(servers), "alarms,rollups", directory.resolve("state")),
                    Clock.systemUTC())) {
                streams.start();
                streams.awaitReady(STARTED_WITHIN);

                servers.broker().kill();
                await().atMost(NOTICED_WITHIN)
                        .untilAsserted(() -> assertThat(readiness(streams))
                                .satisfies(answer ->
                                        assertThat(answer.statusCode()).isEqualTo(503))
                                .satisfies(answer -> assertThat(answer.body()).contains("Kafka has not answered for")));

                servers.broker().start();
                await().atMost(STARTED_WITHIN)
                        .untilAsserted(() -> assertThat(readiness(streams))
                                .satisfies(answer -> assertThat(answer.statusCode())
                                        .as(answer.body())
                                        .isEqualTo(200)));
            }
        }
    }

    private HttpResponse<String> readiness(StreamsApp streams) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + streams.operationsPort() + "/health/ready"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
