package io.tidewatch.standalone;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import picocli.CommandLine.Option;

/** Where Kafka and the registry are, for commands that look at a running Tidewatch. */
final class KafkaOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as key=value lines: kafka.bootstrap.servers, schema.registry.url, topic.prefix."
                    + " TIDEWATCH_… variables of the environment override them (default: a local 'up').")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "0",
            description = "As given to the 'up' or 'infra' that is meant; not together with --config.")
    private int portBase;

    KafkaSettings settings() {
        ConfigDef definition = KafkaSettings.define(new ConfigDef());
        return KafkaSettings.from(
                portBase == 0
                        ? Settings.load(definition, config, kafkaVariables(definition))
                        : Settings.of(definition, shifted()));
    }

    private Map<String, String> shifted() {
        return Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, "127.0.0.1:" + (9092 + portBase),
                KafkaSettings.REGISTRY_URL, "http://127.0.0.1:" + (8081 + portBase) + "/apis/ccompat/v7");
    }

    /** The environment may also hold settings of parts, which mean nothing here. */
    private static Map<String, String> kafkaVariables(ConfigDef definition) {
        return definition.names().stream()
                .map(Settings::variable)
                .filter(System.getenv()::containsKey)
                .collect(Collectors.toMap(variable -> variable, System.getenv()::get));
    }
}
