package io.tidewatch.system.installation;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.system.containers.ComposedServices;
import io.tidewatch.topics.TopicNames;
import java.util.List;
import java.util.Map;

/** What {@code docker-compose up} runs, on free ports. */
public final class ComposedInstallation implements Installation {
    private static final String PRIVATE_NETWORKS = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16";

    private final List<Integer> ports = Port.free(4);
    private final ComposedServices services = new ComposedServices(
            "docker-compose.yml",
            Map.of(
                    "GATEWAY_PORT", Integer.toString(gatewayPort()),
                    "KAFKA_PORT", Integer.toString(kafkaPort()),
                    "REGISTRY_PORT", Integer.toString(registryPort()),
                    "CASSANDRA_PORT", Integer.toString(cassandraPort()),
                    "TARGETS_ALLOW", PRIVATE_NETWORKS,
                    "CHECK_PERIOD_MIN_SECONDS", Integer.toString(PERIOD_SECONDS)),
            service -> true);

    @Override
    public String api() {
        return "http://127.0.0.1:" + gatewayPort() + "/v1.0";
    }

    @Override
    public KafkaSettings kafka() {
        return new KafkaSettings(
                "localhost:" + kafkaPort(),
                "http://127.0.0.1:" + registryPort() + "/apis/ccompat/v7",
                TopicNames.withDefaultPrefix());
    }

    @Override
    public CqlSession cassandra() {
        return EmbeddedCassandra.session(cassandraPort());
    }

    @Override
    public String thisMachine() {
        return services.thisMachine();
    }

    public ComposedServices services() {
        return services;
    }

    @Override
    public void close() {
        services.close();
    }

    private int gatewayPort() {
        return ports.get(0);
    }

    private int kafkaPort() {
        return ports.get(1);
    }

    private int registryPort() {
        return ports.get(2);
    }

    private int cassandraPort() {
        return ports.get(3);
    }
}
