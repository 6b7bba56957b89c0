package io.tidewatch.standalone.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.containers.ComposedServices;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docker stop} of each of Tidewatch's own parts, one after another, under load, as when a new version is rolled out.
 * {@code ./mvnw -Pstops verify} runs it, and nothing else; it needs Docker.
 */
final class StoppedPartsCase {
    private static final Path LOGS = Path.of("target", "stopped-parts");
    private static final List<String> PARTS = List.of("gateway", "poller-mzdfw", "streams-1", "streams-2");
    private static final int CHECKS = 200;
    private static final int RESULTS_PER_SECOND = 300;
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(15);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration BEGAN_AGO = Duration.ofHours(8);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void delayNothingAndLoseNothing() {
        long seed = System.currentTimeMillis() % 1_000_000;
        Story story = new Story(seed, CHECKS, Instant.now().minus(BEGAN_AGO));
        List<Integer> ports = Port.free(4);
        KafkaSettings kafka = new KafkaSettings(
                "localhost:" + ports.get(1),
                "http://localhost:" + ports.get(2) + "/apis/ccompat/v7",
                TopicNames.withDefaultPrefix());
        Map<String, String> variables = Map.of(
                "GATEWAY_PORT", Integer.toString(ports.get(0)),
                "KAFKA_PORT", Integer.toString(ports.get(1)),
                "REGISTRY_PORT", Integer.toString(ports.get(2)),
                "CASSANDRA_PORT", Integer.toString(ports.get(3)));

        try (ComposedServices services = new ComposedServices("docker-compose.yml", variables, service -> true)) {
            DeploymentDrill.Account account;
            try (DeploymentDrill drill = new DeploymentDrill(kafka, story, RESULTS_PER_SECOND, directory)) {
                account = drill.run(
                        PARTS.stream().map(part -> mishap(services, part)).toList(),
                        () -> EmbeddedCassandra.session(ports.get(3)));
            } finally {
                services.saveLogs(LOGS);
            }
            System.out.printf(
                    "Drill: docker stop, seed %d, %d results a second%n%s%n", seed, RESULTS_PER_SECOND, account);
            account.assertNothingLost();
            assertThat(account.outcomes())
                    .allSatisfy(outcome -> assertThat(outcome.slowestMs())
                            .as(outcome.name())
                            .isLessThanOrEqualTo(LONGEST_DELAY.toMillis()));
        }
    }

    private static DeploymentDrill.Mishap mishap(ComposedServices services, String part) {
        return new DeploymentDrill.Mishap(
                part + " stopped",
                () -> services.stop(part, GRACE),
                AWAY,
                () -> services.startAgain(List.of(part)),
                () -> services.areHealthy(List.of(part)));
    }
}
