package io.tidewatch.settings;

import io.tidewatch.serde.ConfluentSchemaRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.TopicNames;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Where Kafka and its schema registry are: the settings that every part has. */
public record KafkaSettings(String bootstrapServers, String registryUrl, TopicNames topics) {
    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String TOPIC_PREFIX = "topic.prefix";

    /** Adds these keys to a part's definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        BOOTSTRAP_SERVERS,
                        Type.STRING,
                        "localhost:9092",
                        LambdaValidator.with(KafkaSettings::checkServers, () -> "one or more, of which one resolves"),
                        Importance.HIGH,
                        "Kafka brokers to begin with, as host:port, separated by commas.")
                .define(
                        REGISTRY_URL,
                        Type.STRING,
                        "http://localhost:8081/apis/ccompat/v7",
                        Importance.HIGH,
                        "Root of the schema registry's Confluent API; of several that share their schemas, separated by"
                                + " commas, the next is asked when one does not answer.")
                .define(
                        TOPIC_PREFIX,
                        Type.STRING,
                        TopicNames.DEFAULT_PREFIX,
                        Importance.LOW,
                        "What every topic's name begins with.");
    }

    public static KafkaSettings from(Settings settings) {
        return new KafkaSettings(
                settings.getString(BOOTSTRAP_SERVERS),
                settings.getString(REGISTRY_URL),
                new TopicNames(settings.getString(TOPIC_PREFIX)));
    }

    /** The registry at {@link #registryUrl}; not contacted here. */
    public SchemaRegistry registry() {
        return new ConfluentSchemaRegistry(registryUrl);
    }

    /** The properties that every Kafka client needs. */
    public Map<String, Object> client() {
        return Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** Checks the addresses as each client would do later, during the start and without naming the setting. */
    private static void checkServers(String name, Object servers) {
        try {
            ClientUtils.parseAndValidateAddresses(
                    List.of(servers.toString().split("\\s*,\\s*")), ClientDnsLookup.USE_ALL_DNS_IPS.toString());
        } catch (ConfigException e) {
            throw new ConfigException(name, servers, e.getMessage());
        }
    }
}
