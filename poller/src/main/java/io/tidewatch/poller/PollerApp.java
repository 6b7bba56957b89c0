package io.tidewatch.poller;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.OperationsServer;
import io.tidewatch.poller.assignment.ConfigFollower;
import io.tidewatch.poller.assignment.ProbeTypes;
import io.tidewatch.poller.assignment.Probes;
import io.tidewatch.poller.assignment.ZoneChecks;
import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.connection.ProbeLoops;
import io.tidewatch.poller.remote.ping.Pinger;
import io.tidewatch.poller.results.Collector;
import io.tidewatch.poller.results.KafkaResults;
import io.tidewatch.poller.schedule.CheckScheduler;
import io.tidewatch.poller.schedule.ScheduleMetrics;
import io.tidewatch.poller.target.AddressPolicy;
import io.tidewatch.poller.target.DnsResolver;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.topics.TopicSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poller, put together: the configuration topics say what to run ({@link ConfigFollower}, {@link ZoneChecks}), the
 * schedule says when ({@link CheckScheduler}), a probe does it, and the result goes to Kafka ({@link KafkaResults}). One
 * thread starts and closes it. Several pollers of one zone would each run all of its checks.
 */
public final class PollerApp implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PollerApp.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final PollerConfig config;
    private final SchemaRegistry registry;
    private final ProbeLoops loops;
    private final Pinger pinger;
    private final ExecutorService matching = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("match", true));
    private final KafkaResults results;
    private final CheckScheduler scheduler;
    private final ConfigFollower follower;
    private final OperationsServer operations;
    private boolean closed;

    /**
     * Sets everything up, without waiting for anything. Health and metrics are served from here on.
     *
     * @param settings of {@link PollerConfig#DEFINITION}
     * @throws java.io.UncheckedIOException when the operations port is taken
     */
    public PollerApp(Settings settings, Clock clock) {
        config = PollerConfig.from(settings);
        registry = config.kafka().registry();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        operations = new OperationsServer(config.operationsPort(), new Health(this::dead, this::unready), metrics);
        loops = new ProbeLoops(config.threads());
        pinger = Pinger.open();
        results = KafkaResults.to(config.kafka(), registry, metrics, config.bufferBytes(), config.kept());
        Collector collector = new Collector(config.zoneId(), config.collectorId());
        scheduler =
                new CheckScheduler(collector, config.maxRuns(), loops, results, new ScheduleMetrics(metrics), clock);
        AddressPolicy policy = new AddressPolicy(config.allowedTargets(), config.deniedTargets());
        Connector connector = new Connector(loops, DnsResolver.asking(config.nameServers()), policy);
        Probes probes = new Probes(ProbeTypes.all(connector, pinger, matching, clock), config.preferredFamily());
        follower = new ConfigFollower(
                consumer(config.kafka()),
                config.kafka().topics(),
                registry,
                new ZoneChecks(config.zoneId(), probes, scheduler),
                metrics);
    }

    /**
     * Checks that Kafka and the registry are there as they should be, and begins to work.
     *
     * @throws IllegalStateException when topics are missing or unfit, or Kafka is away; close this poller then
     * @throws io.tidewatch.serde.RegistryException when the registry is away or refuses the schema of results
     */
    public void start() {
        requireTopics();
        results.start();
        follower.start();
        scheduler.start();
        log.info(
                "Poller started zoneId={} collectorId={} operationsPort={}",
                config.zoneId(),
                config.collectorId(),
                operationsPort());
    }

    /**
     * Waits until the configuration that was there at the start has taken effect.
     *
     * @throws IllegalStateException with the reason, when that takes longer
     */
    public void awaitReady(Duration timeout) {
        try {
            boolean unused = follower.awaitCaughtUp(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> reasons =
                Stream.concat(dead().stream(), unready().stream()).toList();
        if (!reasons.isEmpty()) {
            throw new IllegalStateException("The poller is not ready: " + String.join("; ", reasons));
        }
    }

    /** Where health and metrics are served. */
    public int operationsPort() {
        return operations.port();
    }

    /** Starts no more runs, publishes the results that are there, and gives up the rest. Safe to call again. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            scheduler.close();
            follower.close();
            pinger.close();
            matching.shutdownNow();
            loops.close();
            results.close();
            operations.close();
            log.info("Poller stopped zoneId={}", config.zoneId());
        }
    }

    private List<String> dead() {
        return Stream.of(scheduler.deadBecause(), follower.deadBecause())
                .flatMap(Optional::stream)
                .toList();
    }

    private List<String> unready() {
        Optional<String> behind =
                follower.caughtUp() ? Optional.empty() : Optional.of("the configuration has not been read to its end");
        return Stream.of(behind, results.outage()).flatMap(Optional::stream).toList();
    }

    private void requireTopics() {
        Map<String, Object> properties = new HashMap<>(config.kafka().client());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(START_TIMEOUT.toMillis()));
        try (Admin admin = Admin.create(properties)) {
            List<String> faults = new TopicSetup(admin, registry, config.kafka().topics()).faults();
            if (!faults.isEmpty()) {
                throw new IllegalStateException("The poller can't start: " + String.join("; ", faults));
            }
        }
    }

    private static Consumer<String, byte[]> consumer(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "tidewatch-poller-config");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
