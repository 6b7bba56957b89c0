package io.tidewatch.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.operations.App;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.Lifecycle;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.runtime.application.ExternalEffect;
import io.tidewatch.runtime.application.InstanceId;
import io.tidewatch.runtime.application.KafkaWatch;
import io.tidewatch.runtime.deadletters.DeadLetters;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.takeover.LearnSchemas;
import io.tidewatch.streams.topology.AlarmTopology;
import io.tidewatch.streams.topology.RollupTopology;
import io.tidewatch.streams.topology.SinkTopology;
import io.tidewatch.topics.RequiredTopics;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.internals.NoOpProcessorWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream applications of one process: alarms, rollups and the Cassandra sink, each with its own {@code
 * application.id}, threads and pace, so that none delays another. They start one after the other, alarms first.
 */
public final class StreamsApp implements App {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private final StreamsAppConfig config;
    private final Clock clock;
    private final ProcessorWrapper inside;
    private final SchemaRegistry registry;
    private final InstanceId instance;
    private final Lifecycle lifecycle;
    private final LearnSchemas schemas;
    private final List<StreamsApplication> applications = new CopyOnWriteArrayList<>();

    /** Until then, who asks for health sees an app without some of its applications, and must not take it for ready. */
    private volatile boolean allStarted;

    private volatile @Nullable KafkaWatch kafkaWatch;

    /** @throws java.io.UncheckedIOException when the state directory can't be used */
    public StreamsApp(Settings settings, Clock clock) {
        this(settings, clock, new NoOpProcessorWrapper());
    }

    /**
     * An app whose processors are disturbed, for tests.
     *
     * @param inside wraps each processor, within what guards it
     * @throws java.io.UncheckedIOException when the state directory can't be used
     */
    public StreamsApp(Settings settings, Clock clock, ProcessorWrapper inside) {
        this.config = StreamsAppConfig.from(settings);
        this.clock = clock;
        this.inside = inside;
        this.registry = config.kafka().registry();
        this.lifecycle = new Lifecycle(
                "the streams",
                config.operations(),
                new RequiredTopics(
                        config.kafka().client(), registry, topics(), config.topicsRead(), config.topicsWritten()));
        this.schemas = new LearnSchemas(registry, this::isOurs);
        this.instance = InstanceId.of(config.runtime().stateDir());
    }

    /**
     * One application without Kafka and Cassandra, as documentation draws it and Kafka Streams' test driver runs it. The
     * sink's can be drawn only.
     *
     * @param properties have bad records put aside as in production
     * @param effects what nodes do outside Kafka
     */
    public record Blueprint(Topology topology, Map<String, Object> properties, List<ExternalEffect> effects) {}

    /**
     * Builds an application that is not connected to anything.
     *
     * @param partitions how many partitions {@code check-results} is to have
     */
    public static Blueprint blueprint(
            Application application,
            StreamsAppConfig config,
            SchemaRegistry registry,
            int partitions,
            MeterRegistry meters) {
        TopicNames topics = config.kafka().topics();
        CaughtUpTime standing = CaughtUpTime.STANDING_STILL;
        Topology topology = switch (application) {
            case ALARMS -> AlarmTopology.build(topics, registry, partitions, new CriteriaShapes(), standing, meters);
            case ROLLUPS -> RollupTopology.build(topics, registry, partitions, config.rollupTimes(), standing, meters);
            case SINK -> SinkTopology.unconnected(topics, registry, partitions, meters);
        };
        return new Blueprint(
                topology,
                DeadLetters.properties(
                        config.applicationId(application),
                        topics.of(Topic.DEAD_LETTERS),
                        ReportedElsewhere.NOTHING,
                        meters),
                application == Application.SINK ? SinkTopology.EFFECTS : List.of());
    }

    /**
     * {@inheritDoc}
     *
     * @throws java.io.UncheckedIOException when the port for health and metrics is taken
     */
    @Override
    public void start() {
        LOG.info("Streams start applications={}", config.applications());
        ProcessParts process = new ProcessParts(
                config,
                registry,
                instance,
                lifecycle.meters(),
                clock,
                inside,
                lifecycle.begin(new Health(this::deadBecause, this::unreadyBecause)));
        lifecycle.whileOpen(() -> watchKafka(process));
        schemas.start();
        for (Application application : config.applications()) {
            // None is made once the app is being closed, which may be while another one starts.
            lifecycle.whileOpen(() -> add(application, process)).start();
        }
        allStarted = true;
    }

    @Override
    public int operationsPort() {
        return lifecycle.operationsPort();
    }

    @Override
    public List<String> deadBecause() {
        List<String> reasons = new ArrayList<>();
        if (!lifecycle.isClosed()) {
            applications.forEach(application -> application.deadBecause().ifPresent(reasons::add));
        }
        return reasons;
    }

    @Override
    public List<String> unreadyBecause() {
        List<String> reasons = new ArrayList<>();
        Optional<String> waiting = lifecycle.unreadyBecause();
        waiting.ifPresent(reasons::add);
        if (waiting.isEmpty() && !allStarted) {
            reasons.add("the applications are being started");
        }
        Optional.ofNullable(kafkaWatch).flatMap(KafkaWatch::unreadyBecause).ifPresent(reasons::add);
        applications.forEach(application -> application.unreadyBecause().ifPresent(reasons::add));
        return reasons;
    }

    /** {@inheritDoc} What is not committed by then is processed after the next start. */
    @Override
    public void close() {
        lifecycle.close(() -> {
            applications.forEach(StreamsApplication::beginClose);
            Instant deadline = clock.instant().plus(CLOSE_TIMEOUT);
            for (StreamsApplication application : applications) {
                Duration left = Duration.between(clock.instant(), deadline);
                application.awaitClosed(left.isNegative() ? Duration.ZERO : left);
            }
            schemas.close();
            Optional.ofNullable(kafkaWatch).ifPresent(KafkaWatch::close);
            LOG.info("Streams ended");
        });
    }

    private void watchKafka(ProcessParts process) {
        KafkaWatch watch =
                KafkaWatch.of(config.kafka().client(), topics().of(Topic.CHECK_RESULTS), process.partitions(), clock);
        watch.start();
        kafkaWatch = watch;
    }

    private StreamsApplication add(Application application, ProcessParts process) {
        StreamsApplication added = switch (application) {
            case ALARMS -> new AlarmsApplication(process);
            case ROLLUPS -> new RollupsApplication(process);
            case SINK -> new SinkApplication(process);
        };
        applications.add(added);
        return added;
    }

    private TopicNames topics() {
        return config.kafka().topics();
    }

    /** Whether a subject is that of one of our topics, or of a changelog. */
    private boolean isOurs(String subject) {
        return subject.startsWith(topics().prefix())
                || Arrays.stream(Application.values())
                        .anyMatch(application -> subject.startsWith(config.applicationId(application) + "-"));
    }
}
