package io.tidewatch.standalone.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** A Kafka broker that is its own controller. */
public final class EmbeddedBroker extends EmbeddedServer {
    private static final int ANSWER_WITHIN_MS = 5_000;
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms64m",
            "-Xmx512m",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final Path directory;
    private final Path configuration;
    private final int port;
    private final int controllerPort;

    public EmbeddedBroker(DataDirectory data, ServerPorts ports) {
        super("broker", data.logs(), List.of(ports.broker(), ports.controller()));
        this.directory = data.broker();
        this.configuration = directory.resolve("server.properties");
        this.port = ports.broker();
        this.controllerPort = ports.controller();
    }

    /** {@code host:port}, what Kafka's clients call bootstrap servers. */
    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    void prepare() {
        Path log = directory.resolve("log");
        Template.write(
                "broker.properties",
                Map.of("PORT", port, "CONTROLLER_PORT", controllerPort, "LOG", log),
                configuration);
        if (!Files.exists(log.resolve("meta.properties"))) {
            runToEnd(java(
                    "kafka.tools.StorageTool",
                    "format",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    configuration.toString()));
        }
    }

    @Override
    JavaCommand command() {
        return java("kafka.Kafka", configuration.toString());
    }

    @Override
    boolean answers() {
        if (!Port.accepts(port)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS))) {
            return !admin.describeCluster()
                    .nodes()
                    .get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static JavaCommand java(String mainClass, String... arguments) {
        return new JavaCommand(BuiltServers.classPath("broker"), JVM_OPTIONS, mainClass, List.of(arguments));
    }
}
