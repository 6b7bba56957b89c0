package io.tidewatch.streams;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.OperationsServer;
import io.tidewatch.schema.Alarm;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.alarm.CriteriaShapes;
import io.tidewatch.streams.application.ApplicationProperties;
import io.tidewatch.streams.application.InstanceId;
import io.tidewatch.streams.application.KafkaOffsets;
import io.tidewatch.streams.application.LagWatch;
import io.tidewatch.streams.application.RunningApplication;
import io.tidewatch.streams.application.UncleanEnd;
import io.tidewatch.streams.sink.CassandraSink;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.takeover.CompileAhead;
import io.tidewatch.streams.takeover.GroupMembers;
import io.tidewatch.streams.takeover.KnownCriteria;
import io.tidewatch.streams.takeover.LearnSchemas;
import io.tidewatch.streams.topology.AlarmTopology;
import io.tidewatch.streams.topology.RollupTopology;
import io.tidewatch.streams.topology.SinkTopology;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream applications of one process: alarms, rollups and the Cassandra sink, each with its own {@code
 * application.id}, threads and pace, so that none delays another. The sink joins in as soon as Cassandra is there.
 *
 * <p>A young process is slow and short of processors. So one that joins others who watch the alarms takes nothing from them
 * before it has compiled the criteria, and begins with nothing else before its alarms keep up.
 */
public final class StreamsApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** How long others go on with alarms that this process is not ready for. */
    private static final Duration HEAD_START = Duration.ofSeconds(30);

    /** How long rollups and sink let alarms go first. */
    private static final Duration ALARMS_FIRST = Duration.ofSeconds(30);

    /** Longer than Kafka Streams takes from its first assignment, with what is free, to the next, with what others had. */
    private static final Duration KEEPS_UP = Duration.ofSeconds(3);

    private final StreamsAppConfig config;
    private final Clock clock;
    private final TopicNames topics;
    private final SchemaRegistry registry;
    private final InstanceId instance;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ApplicationProperties properties;
    private final List<RunningApplication> running = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<LagWatch> lagWatches = new CopyOnWriteArrayList<>();
    private final LearnSchemas schemas;
    private @Nullable CompileAhead compileAhead;
    private volatile @Nullable CassandraSink sink;

    /** Until then, who asks for health sees an app without applications, and must not take it for ready. */
    private volatile boolean allStarted;

    private @Nullable OperationsServer operations;

    public StreamsApp(Settings settings, Clock clock) {
        this.config = StreamsAppConfig.from(settings);
        this.clock = clock;
        this.topics = config.kafka().topics();
        this.registry = config.kafka().registry();
        this.schemas = new LearnSchemas(registry, this::isOurs);
        this.instance = InstanceId.of(config.stateDir());
        this.properties = new ApplicationProperties(instance, meters);
    }

    /**
     * Starts the applications; they become ready later, see {@link #awaitReady}.
     *
     * @throws IllegalStateException when Kafka is away or its topics are not as they have to be
     * @throws java.io.UncheckedIOException when the port for health and metrics is taken
     */
    public void start() {
        Map<String, TopicDescription> checked = checkedTopics();
        int partitions = described(checked, Topic.CHECK_RESULTS).partitions().size();
        operations = new OperationsServer(
                config.operationsPort(), new Health(this::deadBecause, this::unreadyBecause), meters);
        schemas.start();
        LOG.info("Streams start applications={} operationsPort={}", config.applications(), operationsPort());
        for (Application application : config.applications()) {
            switch (application) {
                case ALARMS -> startAlarms(partitions);
                case ROLLUPS -> startRollups(partitions);
                case SINK ->
                    startSink(partitions, described(checked, Topic.ALARM_STATES).topicId());
            }
        }
        allStarted = true;
    }

    /**
     * Waits until every application is at work.
     *
     * @throws IllegalStateException with the reason when one has died, or is not at work in time
     */
    public void awaitReady(Duration timeout) {
        Instant deadline = clock.instant().plus(timeout);
        List<String> unready = unreadyBecause();
        while (!unready.isEmpty()) {
            requireAlive();
            if (clock.instant().isAfter(deadline) || closesWithin(LOOK_EVERY)) {
                throw new IllegalStateException("The stream applications are not ready: " + String.join("; ", unready));
            }
            unready = unreadyBecause();
        }
    }

    /**
     * Returns when the app is closed.
     *
     * @throws IllegalStateException with the reason when an application has died
     */
    public void awaitEnd() {
        while (!closesWithin(LOOK_EVERY)) {
            requireAlive();
        }
    }

    /** The port of health and metrics, once started. */
    public int operationsPort() {
        OperationsServer server = operations;
        if (server == null) {
            throw new IllegalStateException("Not started");
        }
        return server.port();
    }

    /** Lets the applications commit and end. What is not committed by then is processed after the next start. */
    @Override
    public synchronized void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        Optional<CassandraSink> writing = Optional.ofNullable(sink);
        writing.ifPresent(CassandraSink::hurry);
        Instant deadline = clock.instant().plus(CLOSE_TIMEOUT);
        running.forEach(RunningApplication::beginClose);
        for (RunningApplication application : running) {
            Duration left = Duration.between(clock.instant(), deadline);
            application.awaitClosed(left.isNegative() ? Duration.ZERO : left);
        }
        writing.ifPresent(CassandraSink::close);
        Optional.ofNullable(compileAhead).ifPresent(CompileAhead::close);
        lagWatches.forEach(LagWatch::close);
        schemas.close();
        Optional.ofNullable(operations).ifPresent(OperationsServer::close);
        LOG.info("Streams ended");
    }

    /** Whether a subject is that of one of our topics, or of a changelog. */
    private boolean isOurs(String subject) {
        return subject.startsWith(topics.prefix())
                || Arrays.stream(Application.values())
                        .anyMatch(application -> subject.startsWith(config.applicationId(application) + "-"));
    }

    private void startAlarms(int partitions) {
        LagWatch lag = watchLag(Application.ALARMS, partitions);
        CriteriaShapes shapes = new CriteriaShapes();
        Topology topology = AlarmTopology.build(topics, registry, partitions, shapes, lag, meters);
        KafkaStreams streams = new KafkaStreams(topology, properties.alarms(config.of(Application.ALARMS)));
        CompileAhead ahead = new CompileAhead(
                shapes::compileAhead,
                new KnownCriteria(config.stateDir()),
                () -> streams.state() == KafkaStreams.State.RUNNING,
                CompileAhead.consumer(
                        config.kafka().client(),
                        new AvroSerde<>(registry, Alarm.class).deserializer(),
                        topics.of(Topic.ALARMS),
                        partitions));
        compileAhead = ahead;
        ahead.start();
        boolean takesOver =
                GroupMembers.areOthers(config.kafka().client(), config.applicationId(Application.ALARMS), instance);
        if (takesOver) {
            boolean compiled = ahead.awaitHeadStart(HEAD_START);
            LOG.info("Others watch the alarms, and this process joins them criteriaCompiled={}", compiled);
        }
        run(Application.ALARMS, streams);
        if (takesOver) {
            boolean keepsUp = awaitKeepingUp(streams, lag, partitions);
            LOG.info("Alarms went first keepUp={}", keepsUp);
        }
    }

    /** Returns whether alarms keep up, and not the time run out. */
    private boolean awaitKeepingUp(KafkaStreams streams, LagWatch lag, int partitions) {
        Instant deadline = clock.instant().plus(ALARMS_FIRST);
        long[] before = new long[partitions];
        boolean running = false;
        while (!running || !haveKeptUp(lag, before)) {
            if (!running && streams.state() == KafkaStreams.State.RUNNING) {
                Arrays.setAll(before, lag::elapsedMs);
                running = true;
            }
            if (clock.instant().isAfter(deadline) || closesWithin(LOOK_EVERY)) {
                return false;
            }
        }
        return true;
    }

    private static boolean haveKeptUp(LagWatch lag, long[] before) {
        return IntStream.range(0, before.length)
                .allMatch(partition -> lag.elapsedMs(partition) - before[partition] >= KEEPS_UP.toMillis());
    }

    private void startRollups(int partitions) {
        LagWatch lag = watchLag(Application.ROLLUPS, partitions);
        Topology topology = RollupTopology.build(topics, registry, partitions, config.rollupTimes(), lag, meters);
        run(Application.ROLLUPS, new KafkaStreams(topology, properties.rollups(config.of(Application.ROLLUPS))));
    }

    private LagWatch watchLag(Application application, int partitions) {
        KafkaOffsets offsets = new KafkaOffsets(
                config.kafka().client(), config.applicationId(application), topics.of(Topic.CHECK_RESULTS), partitions);
        LagWatch lag = new LagWatch(offsets, partitions, clock);
        lagWatches.add(lag);
        lag.start();
        return lag;
    }

    private void startSink(int partitions, Uuid alarmStatesId) {
        CassandraSink waiting = new CassandraSink(
                config.cassandra(),
                config.tables(),
                topics,
                alarmStatesId,
                config.sinkWritesInFlight(),
                clock,
                meters,
                inserts -> runSink(partitions, inserts));
        sink = waiting;
        waiting.start();
    }

    private void runSink(int partitions, Inserts inserts) {
        CassandraSink writing = Objects.requireNonNull(sink);
        Topology topology = new SinkTopology(topics, registry, writing.barrier(), meters).build(partitions, inserts);
        Properties sinkProperties = properties.sink(config.of(Application.SINK));
        run(Application.SINK, new KafkaStreams(topology, sinkProperties, writing.clients()));
    }

    /** The sink arrives here on a thread of its own, perhaps while the app closes. */
    private synchronized void run(Application application, KafkaStreams streams) {
        RunningApplication started = new RunningApplication(
                application.label(), streams, UncleanEnd.of(config.of(application)), meters, clock);
        if (closing.getCount() == 0) {
            started.beginClose();
        } else {
            running.add(started);
            started.start();
        }
    }

    /** The topics of which an application has to know more than the name, once nothing is wrong with any topic. */
    private Map<String, TopicDescription> checkedTopics() {
        List<String> names = List.of(topics.of(Topic.CHECK_RESULTS), topics.of(Topic.ALARM_STATES));
        try (Admin admin = Admin.create(config.kafka().client())) {
            List<String> faults = new TopicSetup(admin, registry, topics).faults();
            if (!faults.isEmpty()) {
                throw new IllegalStateException(String.join("; ", faults));
            }
            return admin.describeTopics(names).allTopicNames().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused to describe " + names + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka about " + names, e);
        }
    }

    private TopicDescription described(Map<String, TopicDescription> checked, Topic topic) {
        return Objects.requireNonNull(checked.get(topics.of(topic)), topic.name());
    }

    private List<String> deadBecause() {
        List<String> reasons = new ArrayList<>();
        if (closing.getCount() > 0) {
            running.forEach(application -> application.deadBecause().ifPresent(reasons::add));
            Optional.ofNullable(sink).flatMap(CassandraSink::deadBecause).ifPresent(reasons::add);
        }
        return reasons;
    }

    private List<String> unreadyBecause() {
        List<String> reasons = new ArrayList<>();
        if (!allStarted) {
            reasons.add("the applications are being started");
        }
        running.forEach(application -> application.unreadyBecause().ifPresent(reasons::add));
        Optional.ofNullable(sink).flatMap(CassandraSink::deadBecause).ifPresent(reasons::add);
        Optional.ofNullable(sink).flatMap(CassandraSink::unreadyBecause).ifPresent(reasons::add);
        return reasons;
    }

    private void requireAlive() {
        List<String> dead = deadBecause();
        if (!dead.isEmpty()) {
            throw new IllegalStateException(String.join("; ", dead));
        }
    }

    private boolean closesWithin(Duration timeout) {
        try {
            return closing.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
