package io.tidewatch.poller;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.operations.App;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.Lifecycle;
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
import io.tidewatch.poller.target.DnsResolver;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.topics.RequiredTopics;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poller, wired: the configuration topics say what to run ({@link ZoneChecks}), the schedule says when ({@link
 * CheckScheduler}), a probe does it, and the result goes to Kafka ({@link KafkaResults}). Several pollers of one zone would each
 * run all of its checks.
 */
public final class PollerApp implements App {
    private static final Logger LOG = LoggerFactory.getLogger(PollerApp.class);
    private static final String CLIENT_ID = "tidewatch-poller-config";

    private final PollerConfig config;
    private final Lifecycle lifecycle;
    private final DnsResolver resolver;
    private final ProbeLoops loops;
    private final Pinger pinger;
    private final ExecutorService matching = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("match", true));
    private final KafkaResults results;
    private final CheckScheduler scheduler;
    private final TopicFollower follower;
    private volatile boolean working;

    /**
     * Connects to nothing yet.
     *
     * @param settings of {@link PollerConfig#DEFINITION}
     */
    public PollerApp(Settings settings, Clock clock) {
        config = PollerConfig.from(settings);
        SchemaRegistry registry = config.kafka().registry();
        TopicNames names = config.kafka().topics();
        Map<String, Object> client = config.kafka().client();
        lifecycle = new Lifecycle(
                "the poller",
                config.operations(),
                new RequiredTopics(client, registry, names, topicsRead(), topicsWritten()));
        MeterRegistry meters = lifecycle.meters();
        resolver = DnsResolver.asking(config.nameServers());
        loops = new ProbeLoops(config.threads());
        pinger = Pinger.open();
        results = KafkaResults.to(config.kafka(), registry, meters, config.bufferBytes(), config.kept());
        Collector collector = new Collector(config.zoneId(), config.collectorId());
        scheduler = new CheckScheduler(collector, config.maxRuns(), loops, results, new ScheduleMetrics(meters), clock);
        AddressPolicy policy = new AddressPolicy(config.allowedTargets(), config.deniedTargets());
        Connector connector = new Connector(loops, resolver, policy);
        Probes probes = new Probes(ProbeTypes.all(connector, pinger, matching, clock), config.preferredFamily());
        follower = new TopicFollower(
                "configuration",
                TopicFollower.consumer(client, CLIENT_ID),
                registry,
                names,
                ZoneChecks.TOPICS,
                new ZoneChecks(config.zoneId(), probes, scheduler),
                meters);
    }

    /** The topics that a poller reads. */
    public static Set<Topic> topicsRead() {
        return ZoneChecks.TOPICS;
    }

    /** The topics that a poller writes. */
    public static Set<Topic> topicsWritten() {
        return Set.of(Topic.CHECK_RESULTS);
    }

    /** No check is run until the configuration has been read. */
    @Override
    public void start() {
        lifecycle.begin(new Health(this::deadBecause, this::unreadyBecause));
        lifecycle.whileOpen(() -> {
            results.start();
            follower.start();
            scheduler.start();
            working = true;
        });
        LOG.info(
                "Poller started zoneId={} collectorId={} operationsPort={}",
                config.zoneId(),
                config.collectorId(),
                operationsPort());
    }

    /** Every thread that the poller can't do without has its say here. */
    @Override
    public List<String> deadBecause() {
        if (lifecycle.isClosed()) {
            return List.of();
        }
        return Stream.of(
                        scheduler.deadBecause(),
                        follower.deadBecause(),
                        results.deadBecause(),
                        loops.deadBecause(),
                        pinger.deadBecause(),
                        resolver.deadBecause())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Not ready before the zone's checks are known and run; nor while results are lost. */
    @Override
    public List<String> unreadyBecause() {
        if (lifecycle.isClosed()) {
            return lifecycle.unreadyBecause().stream().toList();
        }
        Stream<String> reasons = Stream.of(
                        lifecycle.unreadyBecause(),
                        working ? Optional.<String>empty() : Optional.of("the poller has not started"),
                        follower.behindBecause().map(reason -> "the configuration may be incomplete: " + reason),
                        results.outage())
                .flatMap(Optional::stream);
        return Stream.concat(deadBecause().stream(), reasons).toList();
    }

    @Override
    public int operationsPort() {
        return lifecycle.operationsPort();
    }

    /** Starts no more runs, publishes the results that are there, and gives up the rest. */
    @Override
    public void close() {
        lifecycle.close(() -> {
            scheduler.close();
            follower.close();
            pinger.close();
            matching.shutdownNow();
            loops.close();
            results.close();
            LOG.info("Poller stopped zoneId={}", config.zoneId());
        });
    }
}
