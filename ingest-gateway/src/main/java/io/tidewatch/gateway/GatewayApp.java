package io.tidewatch.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidewatch.gateway.configuration.ConfigurationFollower;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.KafkaRecordLog;
import io.tidewatch.gateway.timeseries.CassandraTimeSeries;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.OperationsServer;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway, wired: the API on one port, health and metrics on another, Kafka behind. Cassandra is only read from, and may be
 * away: what needs it gets a 503 then, and the gateway stays ready. Made once, started once, closed
 * once; {@link #close} may be called from any thread.
 */
public final class GatewayApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayApp.class);
    private static final int ADMIN_TIMEOUT_MS = 10_000;

    private final GatewayConfig config;
    private final SchemaRegistry registry;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaRecordLog log;
    private final ConfigurationFollower follower;
    private final CassandraTimeSeries timeSeries;
    private final HttpApi api;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<OperationsServer> operations = Optional.empty();

    /** Connects to nothing yet. */
    public GatewayApp(Settings settings, Clock clock) {
        config = GatewayConfig.from(settings);
        registry = config.kafka().registry();
        Duration patience = config.writeTimeout();
        Map<String, Object> client = config.kafka().client();
        GatewayMetrics metrics = new GatewayMetrics(meters);
        ConfigurationView view = new ConfigurationView();
        log = new KafkaRecordLog(
                KafkaRecordLog.producer(client, patience),
                registry,
                config.kafka().topics(),
                patience);
        follower = new ConfigurationFollower(
                ConfigurationFollower.consumer(client), registry, config.kafka().topics(), view, meters);
        timeSeries = new CassandraTimeSeries(config.cassandra(), config.readTimeout());
        metrics.watchTimeSeries(timeSeries::isConnected);
        api = HttpApi.of(config, view, log, timeSeries, metrics, meters, clock, follower::isCaughtUp);
    }

    /**
     * Starts to serve. Until the configuration has been read, requests get a 503. Cassandra is not waited for.
     *
     * @throws IllegalStateException when Kafka is away or its topics are not as they should be
     * @throws io.tidewatch.serde.RegistryException when the schema registry is away or refuses a schema
     */
    public void start() {
        requireTopics();
        warmUpRegistry();
        follower.start();
        timeSeries.start();
        operations = Optional.of(new OperationsServer(
                config.operationsPort(), new Health(this::deadBecause, this::unreadyBecause), meters));
        api.start(config.httpHost(), config.httpPort());
        LOG.info("The gateway listens port={} operationsPort={}", port(), operationsPort());
    }

    /**
     * Waits until the gateway knows the configuration.
     *
     * @throws IllegalStateException with the reason, when that takes longer
     */
    public void awaitReady(Duration patience) {
        try {
            if (!follower.awaitCaughtUp(patience)) {
                throw new IllegalStateException("The gateway is not ready: " + String.join("; ", unreadyBecause()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the gateway", e);
        }
    }

    /** The port of the API, once started. */
    public int port() {
        return api.port();
    }

    /** The port of health and metrics, once started. */
    public int operationsPort() {
        return operations
                .orElseThrow(() -> new IllegalStateException("The gateway has not been started"))
                .port();
    }

    /** Lets requests under way finish, then lets go of Kafka and Cassandra. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            api.close();
            log.close();
            follower.close();
            timeSeries.close();
            operations.ifPresent(OperationsServer::close);
        }
    }

    private void requireTopics() {
        Map<String, Object> client = new HashMap<>(config.kafka().client());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS / 2);
        try (Admin admin = Admin.create(client)) {
            List<String> faults = new TopicSetup(admin, registry, config.kafka().topics()).faults();
            if (!faults.isEmpty()) {
                throw new IllegalStateException(String.join("; ", faults));
            }
        }
    }

    /** The first request must not be the one to find out that a schema is refused. */
    private void warmUpRegistry() {
        Stream.concat(ConfigurationView.TOPICS.stream(), Stream.of(Topic.CHECK_RESULTS))
                .forEach(topic -> topic.valueSchema()
                        .ifPresent(schema ->
                                registry.register(config.kafka().topics().valueSubject(topic), schema)));
    }

    private List<String> deadBecause() {
        return follower.deadBecause().stream().toList();
    }

    private List<String> unreadyBecause() {
        if (closed.get()) {
            return List.of("The gateway is closing");
        }
        return Stream.concat(follower.deadBecause().stream(), follower.behindBecause().stream())
                .toList();
    }
}
