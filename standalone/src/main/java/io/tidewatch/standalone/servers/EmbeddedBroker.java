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
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;

/** A Kafka broker that is its own controller. */
public final class EmbeddedBroker extends EmbeddedServer {
    private static final int ANSWER_WITHIN_MS = 5_000;
    private static final int NODE_ID = 1;

    /** What brokers write when they end in order, and delete when they start. Source: Kafka 4.3.1, {@code LogManager}. */
    private static final String ENDED_IN_ORDER = ".kafka_cleanshutdown";

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
        Map<String, Object> values = Map.of("PORT", port, "CONTROLLER_PORT", controllerPort, "LOG", log);
        Template.write("broker.properties", values, configuration);
        if (!Files.exists(log.resolve("meta.properties"))) {
            runToEnd(java(
                    "kafka.tools.StorageTool",
                    "format",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    configuration.toString()));
        } else if (Files.exists(log.resolve("__cluster_metadata-0")) && !Files.exists(log.resolve(ENDED_IN_ORDER))) {
            Path alone = directory.resolve("controller.properties");
            Template.write("controller.properties", values, alone);
            runUntil("controller", java("kafka.Kafka", alone.toString()), this::isForgotten);
        }
    }

    /**
     * Has the controller forget the broker that was killed. Until its session of nine seconds is over, the controller takes
     * the next one for it: a leader of all partitions, that no client reaches yet. Its coordinator ends the transactions that
     * were open, can't send the markers anywhere, and when the session is over, drops them as those of deleted topics. No
     * reader of committed records gets past such a transaction, ever, and alarms can't be restored. Source: Kafka 4.3.1,
     * {@code TransactionMarkerChannelManager.addTxnMarkersToBrokerQueue}.
     */
    private boolean isForgotten() {
        if (!Port.accepts(controllerPort)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG, "127.0.0.1:" + controllerPort,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS))) {
            admin.unregisterBroker(NODE_ID).all().get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return e.getCause() instanceof BrokerIdNotRegisteredException;
        } catch (TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
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
