package io.tidewatch.standalone;

import com.datastax.oss.driver.api.core.CqlSession;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.Network.Ipam.Config;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * The services of {@code docker-compose.yml} as containers on a network of their own, on free ports of this machine. The
 * images have to be there, see CONTRIBUTING.md.
 */
final class ComposedInstallation implements Installation {
    private static final Path FILE = Path.of("..", "docker-compose.yml");
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);
    private static final long HEALTH_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    /** So that Docker's own patience never is the shorter one. */
    private static final int HEALTH_RETRIES = 1_000;

    private final Network network = Network.newNetwork();
    private final Map<String, GenericContainer<?>> containers = new HashMap<>();
    private final int gatewayPort;
    private final int kafkaPort;
    private final int registryPort;
    private final int cassandraPort;

    ComposedInstallation() {
        List<Integer> ports = Port.free(4);
        gatewayPort = ports.get(0);
        kafkaPort = ports.get(1);
        registryPort = ports.get(2);
        cassandraPort = ports.get(3);
        Map<String, String> variables = Map.of(
                "GATEWAY_PORT", Integer.toString(gatewayPort),
                "KAFKA_PORT", Integer.toString(kafkaPort),
                "REGISTRY_PORT", Integer.toString(registryPort),
                "CASSANDRA_PORT", Integer.toString(cassandraPort),
                "TARGETS_ALLOW", thisMachine() + "/32",
                "CHECK_PERIOD_MIN_SECONDS", Integer.toString(PERIOD_SECONDS));
        try {
            Map<String, ComposeFile.Service> services = ComposeFile.read(FILE, variables);
            services.values().forEach(service -> containers.put(service.name(), container(service)));
            services.values()
                    .forEach(service -> service.dependsOn()
                            .forEach(other -> container(service.name()).dependsOn(container(other))));
            Startables.deepStart(containers.values()).join();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public String api() {
        return "http://127.0.0.1:" + gatewayPort + "/v1.0";
    }

    @Override
    public KafkaSettings kafka() {
        return new KafkaSettings(
                "localhost:" + kafkaPort,
                "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7",
                TopicNames.withDefaultPrefix());
    }

    @Override
    public CqlSession cassandra() {
        return EmbeddedCassandra.session(cassandraPort);
    }

    /** The network's gateway, which is this machine's address in it. */
    @Override
    public String thisMachine() {
        return DockerClientFactory.lazyClient()
                .inspectNetworkCmd()
                .withNetworkId(network.getId())
                .exec()
                .getIpam()
                .getConfig()
                .stream()
                .map(Config::getGateway)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** Without a reaper beside us, nobody else removes them. */
    @Override
    public void close() {
        containers.values().parallelStream().forEach(GenericContainer::stop);
        network.close();
    }

    private GenericContainer<?> container(String name) {
        return Objects.requireNonNull(containers.get(name), name);
    }

    private GenericContainer<?> container(ComposeFile.Service service) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(service.image()))
                .withNetwork(network)
                .withNetworkAliases(service.name())
                .withEnv(service.environment())
                .withStartupTimeout(HEALTHY_WITHIN);
        container.setPortBindings(service.ports());
        if (!service.command().isEmpty()) {
            container.withCommand(service.command().toArray(String[]::new));
        }
        if (service.runsToItsEnd()) {
            return container.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(HEALTHY_WITHIN));
        }
        if (!service.healthTest().isEmpty()) {
            HealthCheck check = new HealthCheck()
                    .withTest(service.healthTest())
                    .withInterval(HEALTH_EVERY_NANOS)
                    .withRetries(HEALTH_RETRIES);
            container.withCreateContainerCmdModifier(command -> command.withHealthcheck(check));
        }
        return container.waitingFor(Wait.forHealthcheck().withStartupTimeout(HEALTHY_WITHIN));
    }
}
