package io.tidewatch.standalone.command;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import picocli.CommandLine.Option;

/** Where Kafka, the registry and Cassandra are, for commands that look at a running Tidewatch or prepare one. */
final class ServerOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Settings as key=value lines: kafka.bootstrap.servers, schema.registry.url, topic.prefix, cassandra.*."
                            + " TIDEWATCH_… variables of the environment override them (default: a local 'up').")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "0",
            description = "As given to the 'up' or 'infra' that is meant; not together with --config.")
    private int portBase;

    /** @throws io.tidewatch.settings.SettingsException with a sentence for every unknown or bad one */
    Settings settings() {
        // Not a constant: Kafka's class has a logger, and commands are made before it is decided where logs go.
        ConfigDef definition = TableSettings.define(CassandraSettings.define(KafkaSettings.define(new ConfigDef())));
        return portBase == 0
                ? Settings.load(definition, config, serverVariables(definition))
                : Settings.of(definition, shifted());
    }

    private Map<String, String> shifted() {
        return Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, "127.0.0.1:" + (9092 + portBase),
                KafkaSettings.REGISTRY_URL, "http://127.0.0.1:" + (8081 + portBase) + "/apis/ccompat/v7",
                CassandraSettings.CONTACT_POINTS, "127.0.0.1:" + (9042 + portBase));
    }

    /** The environment may also hold settings of parts, which mean nothing here. */
    private static Map<String, String> serverVariables(ConfigDef definition) {
        return definition.names().stream()
                .map(Settings::variable)
                .filter(System.getenv()::containsKey)
                .collect(Collectors.toMap(variable -> variable, System.getenv()::get));
    }
}
