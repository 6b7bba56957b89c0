package io.tidewatch.system.servers;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one set of real servers. They start when the first test asks for a parameter of type
 * {@link EmbeddedServers} or {@link KafkaSettings}, on free ports and in a temporary directory, and end after the last
 * test of this JVM. A test that stops one of them takes a set of its own instead.
 *
 * <p>Use it with {@code @ExtendWith(SharedServers.class)}. Tests share Kafka: {@code KafkaSettings} come with a topic
 * prefix that no other test has, under which all topics exist.
 */
public final class SharedServers implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == EmbeddedServers.class || type == KafkaSettings.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        EmbeddedServers servers = test.getRoot()
                .getStore(Namespace.create(SharedServers.class))
                .getOrComputeIfAbsent(RunningServers.class, type -> new RunningServers(), RunningServers.class)
                .servers;
        return parameter.getParameter().getType() == EmbeddedServers.class ? servers : freshTopics(servers);
    }

    /** Makes all topics under a new prefix. */
    public static KafkaSettings freshTopics(EmbeddedServers servers) {
        KafkaSettings kafka = withoutTopics(servers);
        try (Admin admin = Admin.create(kafka.client())) {
            new TopicSetup(admin, kafka.registry(), kafka.topics()).apply(Topic.DEFAULT_PARTITIONS, (short) 1);
        }
        return kafka;
    }

    /** A new prefix, under which there is nothing yet. */
    public static KafkaSettings withoutTopics(EmbeddedServers servers) {
        String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + ".";
        return new KafkaSettings(servers.broker().address(), servers.registry().address(), new TopicNames(prefix));
    }

    /** JUnit closes what its store holds when all tests are done. */
    private static final class RunningServers implements AutoCloseable {
        private final DataDirectory data;
        private final EmbeddedServers servers;

        RunningServers() {
            data = DataDirectory.temporary("tidewatch-it");
            servers = new EmbeddedServers(data, ServerPorts.free());
            servers.start(server -> {});
        }

        @Override
        public void close() {
            servers.close();
            data.delete();
        }
    }
}
