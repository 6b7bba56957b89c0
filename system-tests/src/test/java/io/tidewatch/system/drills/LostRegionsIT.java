package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.system.containers.ComposedServices;
import io.tidewatch.topics.TopicNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A truck drives into a data center: of three regions, one is killed whole; when it is back, the network of another one is
 * cut. Transitions go on, each of them is that of an undisturbed run, and every acknowledged result is in Cassandra.
 * {@code ./mvnw -Pdrills verify -Dgroups=regions} runs it, and nothing else; it needs Docker, and root for the network.
 */
@Tag("regions")
final class LostRegionsIT {
    private static final String DATACENTER = "tidewatch";
    private static final Path LOGS = Path.of("target", "regions");
    private static final int CHECKS = 500;
    private static final int RESULTS_PER_SECOND = 500;

    /** Three of everything are a lot for a machine of two cores, and this is not about how fast they are. */
    private static final Duration CALM = Duration.ofSeconds(5);

    /** What two processors can do for three brokers. */
    private static final String COMMIT_INTERVAL_MS = "500";

    /** As many pollers would send them who share this load, and not each result by itself. */
    private static final Map<String, Object> AS_POLLERS =
            Map.of(ProducerConfig.LINGER_MS_CONFIG, 100, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);

    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration GOES_ON_WITHIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEGAN_AGO = Duration.ofHours(5);

    private static final List<String> PORTS = List.of(
            "GATEWAY_A_PORT",
            "GATEWAY_B_PORT",
            "KAFKA_A_PORT",
            "KAFKA_B_PORT",
            "KAFKA_C_PORT",
            "REGISTRY_A_PORT",
            "REGISTRY_B_PORT",
            "CASSANDRA_A_PORT",
            "CASSANDRA_B_PORT",
            "CASSANDRA_C_PORT");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void aRegionMayBeLost() throws IOException {
        long seed = DrillOptions.seed();
        DrillStory story = new DrillStory(seed, CHECKS, Instant.now().minus(BEGAN_AGO));
        Map<String, String> variables = variables();
        KafkaSettings kafka = kafka(variables);

        // The load plays the part of the pollers.
        try (ComposedServices services =
                new ComposedServices("docker-compose.regions.yml", variables, name -> !name.startsWith("poller-"))) {
            try (DeploymentDrill drill = new DeploymentDrill(
                    kafka, new StraightToKafka(kafka, AS_POLLERS), story, RESULTS_PER_SECOND, CALM, directory)) {
                try {
                    drill.awaitCalm();
                    drill.befall(mishaps(services));
                    DeploymentDrill.Account account = drill.account(() -> cassandra(variables));
                    System.out.printf(
                            "Drill: regions, seed %d, %d results a second%n%s%n", seed, RESULTS_PER_SECOND, account);
                    account.assertNothingLost();
                    assertThat(account.recoveries())
                            .allSatisfy(
                                    recovery -> assertThat(recovery.allAfterMs().orElse(Long.MAX_VALUE))
                                            .as(recovery.name())
                                            .isLessThanOrEqualTo(GOES_ON_WITHIN.toMillis()));
                } finally {
                    services.saveLogs(LOGS);
                    Files.writeString(
                            LOGS.resolve("transitions.txt"), drill.arrivals().bySecond());
                }
            }
        }
    }

    private static List<DeploymentDrill.Mishap> mishaps(ComposedServices services) {
        List<String> all = services.running();
        List<String> a = region(all, "a");
        List<String> b = region(all, "b");
        return List.of(
                new DeploymentDrill.Mishap(
                        "region a killed",
                        () -> services.kill(a),
                        AWAY,
                        () -> services.startAgain(a),
                        () -> services.areHealthy(all)),
                new DeploymentDrill.Mishap(
                        "region b cut off",
                        () -> services.cutOff(b),
                        AWAY,
                        () -> services.reconnect(b),
                        () -> services.areHealthy(all)));
    }

    private static List<String> region(List<String> services, String letter) {
        return services.stream().filter(name -> name.endsWith("-" + letter)).toList();
    }

    private static Map<String, String> variables() {
        List<Integer> free = Port.free(PORTS.size());
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < PORTS.size(); i++) {
            variables.put(PORTS.get(i), Integer.toString(free.get(i)));
        }
        variables.put("ALARMS_COMMIT_INTERVAL_MS", COMMIT_INTERVAL_MS);
        return variables;
    }

    private static KafkaSettings kafka(Map<String, String> variables) {
        return new KafkaSettings(
                List.of("KAFKA_A_PORT", "KAFKA_B_PORT", "KAFKA_C_PORT").stream()
                        .map(name -> "localhost:" + variables.get(name))
                        .collect(Collectors.joining(",")),
                List.of("REGISTRY_A_PORT", "REGISTRY_B_PORT").stream()
                        .map(name -> "http://localhost:" + variables.get(name) + "/apis/ccompat/v7")
                        .collect(Collectors.joining(",")),
                TopicNames.withDefaultPrefix());
    }

    private static CqlSession cassandra(Map<String, String> variables) {
        int port = Integer.parseInt(Objects.requireNonNull(variables.get("CASSANDRA_C_PORT")));
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .withLocalDatacenter(DATACENTER)
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                        .build())
                .build();
    }
}
