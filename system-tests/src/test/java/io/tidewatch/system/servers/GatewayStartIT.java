package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.topics.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that starts before Kafka and the registry do, with no topics but its own. */
final class GatewayStartIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<Topic> USED = EnumSet.of(
            Topic.ENTITIES,
            Topic.CHECKS,
            Topic.ALARMS,
            Topic.NOTIFICATIONS,
            Topic.NOTIFICATION_PLANS,
            Topic.SUPPRESSIONS,
            Topic.SILENCES,
            Topic.MAINTENANCE_WINDOWS,
            Topic.INHIBITIONS,
            Topic.INCIDENTS,
            Topic.INCIDENT_COMMANDS,
            Topic.DELIVERIES,
            Topic.DELIVERY_ATTEMPTS,
            Topic.CHECK_RESULTS);

    private EmbeddedServers servers;
    private KafkaSettings kafka;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        servers = new EmbeddedServers(DataDirectory.open(directory), ServerPorts.free());
        servers.broker().start();
        servers.registry().start();
        kafka = SharedServers.freshTopics(servers);
        List<String> unused = EnumSet.complementOf(EnumSet.copyOf(USED)).stream()
                .map(kafka.topics()::of)
                .toList();
        try (Admin admin = Admin.create(kafka.client())) {
            admin.deleteTopics(unused).all().get(30, TimeUnit.SECONDS);
        }
        servers.registry().stop();
        servers.broker().stop();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    /** Fault: the gateway said that it was ready, and its port refused the connection. */
    @Test
    void waitsForKafkaAndTheRegistryAndIsReadyWhenItsApiAnswers() throws Exception {
        try (GatewayApp gateway = gateway()) {
            CompletableFuture<Void> start = CompletableFuture.runAsync(gateway::start);
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(gateway.unreadyBecause()).anyMatch(reason -> reason.contains("Kafka")));

            servers.broker().start();
            assertThat(start).isNotDone();
            servers.registry().start();

            gateway.awaitReady(TIMEOUT);
            assertThat(status("http://127.0.0.1:" + gateway.port() + "/v1.0/acme/entities"))
                    .isEqualTo(200);
            assertThat(status("http://127.0.0.1:" + gateway.operationsPort() + "/health/ready"))
                    .isEqualTo(200);
            start.get(30, TimeUnit.SECONDS);
            assertThat(gateway.deadBecause()).isEmpty();
        }
    }

    private GatewayApp gateway() {
        return new GatewayApp(
                Settings.of(
                        GatewayConfig.DEFINITION,
                        Map.of(
                                KafkaSettings.BOOTSTRAP_SERVERS,
                                kafka.bootstrapServers(),
                                KafkaSettings.REGISTRY_URL,
                                kafka.registryUrl(),
                                KafkaSettings.TOPIC_PREFIX,
                                kafka.topics().prefix(),
                                GatewayConfig.HTTP_HOST,
                                "127.0.0.1",
                                GatewayConfig.HTTP_PORT,
                                "0")),
                Clock.systemUTC());
    }

    private static int status(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
