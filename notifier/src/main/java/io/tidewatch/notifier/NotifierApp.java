package io.tidewatch.notifier;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.notifier.channel.Channels;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.notifier.sending.KafkaAttemptLog;
import io.tidewatch.notifier.sending.KafkaUnreadAttempts;
import io.tidewatch.notifier.sending.Sender;
import io.tidewatch.notifier.task.TaskGauges;
import io.tidewatch.notifier.task.TellReceivers;
import io.tidewatch.notifier.topology.NotifierTopology;
import io.tidewatch.operations.App;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.Lifecycle;
import io.tidewatch.runtime.application.ApplicationProperties;
import io.tidewatch.runtime.application.ApplicationSettings;
import io.tidewatch.runtime.application.ExternalEffect;
import io.tidewatch.runtime.application.InstanceId;
import io.tidewatch.runtime.application.KafkaWatch;
import io.tidewatch.runtime.application.RunningApplication;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.runtime.quarantine.Guard;
import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.runtime.quarantine.WatchedClients;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.Notification;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.topics.RequiredTopics;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.NoOpProcessorWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifier, wired: one stream application that plans and queues, threads that send, and health and metrics on a port. As
 * many processes as one likes share the tenants.
 */
public final class NotifierApp implements App {
    /** What its topology does outside Kafka. */
    public static final List<ExternalEffect> EFFECTS = NotifierTopology.EFFECTS;

    private static final Logger LOG = LoggerFactory.getLogger(NotifierApp.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(4);

    private final NotifierConfig config;
    private final Clock clock;
    private final OutgoingHttp http;
    private final Courier courier;
    private final SchemaRegistry registry;
    private final InstanceId instance;
    private final Lifecycle lifecycle;
    private volatile @Nullable Running running;

    /** What there is once the topics are there. */
    private record Running(
            KafkaWatch watch,
            Quarantine quarantine,
            KafkaAttemptLog attempts,
            Sender sender,
            RunningApplication application) {}

    /** @throws java.io.UncheckedIOException when the state directory can't be used */
    public NotifierApp(Settings settings, Clock clock) {
        this.config = NotifierConfig.from(settings);
        this.clock = clock;
        this.http = new OutgoingHttp(config.receivers(), config.proxy(), config.attemptDeadline(), clock);
        this.courier = new ChannelCourier(new Channels(http, config.mail(), config.publicUrl()), config.secrets());
        this.registry = config.kafka().registry();
        this.instance = InstanceId.of(config.runtime().stateDir());
        this.lifecycle = new Lifecycle(
                "the notifier",
                config.operations(),
                new RequiredTopics(
                        config.kafka().client(),
                        registry,
                        config.kafka().topics(),
                        NotifierTopology.READ,
                        NotifierTopology.WRITTEN));
    }

    /** The topology, connected to nothing, as documentation draws it. */
    public static Topology blueprint(TopicNames topics, SchemaRegistry registry, MeterRegistry meters) {
        Courier nowhere = new Courier() {
            @Override
            public Attempt send(Delivery delivery, Notification notification, Instant now) {
                throw new IllegalStateException("This is to be drawn only");
            }

            @Override
            public Merging merging(String notificationType) {
                return Merging.NEVER;
            }

            @Override
            public boolean acknowledges(String notificationType) {
                return false;
            }
        };
        Clock standing = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        Sender sender = new Sender(nowhere, (partition, attempt) -> {}, "", standing, meters);
        TaskGauges gauges = new TaskGauges(meters);
        return NotifierTopology.build(
                topics,
                registry,
                () -> new TellReceivers(
                        Map.of(),
                        sender,
                        nowhere,
                        partition -> Set.of(),
                        Patience.USUAL,
                        standing,
                        gauges,
                        NotifierTopology.outputs()),
                Guard.NONE);
    }

    /** The topics that a notifier reads. */
    public static Set<Topic> topicsRead() {
        return Set.copyOf(NotifierTopology.READ);
    }

    /** The topics that a notifier writes, dead letters included. */
    public static Set<Topic> topicsWritten() {
        return Set.copyOf(NotifierTopology.WRITTEN);
    }

    @Override
    public void start() {
        Map<Topic, TopicDescription> described = lifecycle.begin(new Health(this::deadBecause, this::unreadyBecause));
        lifecycle.whileOpen(() -> {
            Running started = run(described);
            started.watch().start();
            started.application().start();
            running = started;
        });
        LOG.info("The notifier works operationsPort={}", operationsPort());
    }

    @Override
    public int operationsPort() {
        return lifecycle.operationsPort();
    }

    @Override
    public List<String> deadBecause() {
        Running now = running;
        if (lifecycle.isClosed() || now == null) {
            return List.of();
        }
        return now.application()
                .deadBecause()
                .or(now.quarantine()::deadBecause)
                .map(List::of)
                .orElse(List.of());
    }

    @Override
    public List<String> unreadyBecause() {
        List<String> reasons =
                new ArrayList<>(lifecycle.unreadyBecause().stream().toList());
        Running now = running;
        if (now == null) {
            if (reasons.isEmpty()) {
                reasons.add("the notifier is being started");
            }
            return reasons;
        }
        now.watch().unreadyBecause().ifPresent(reasons::add);
        now.application().unreadyBecause().ifPresent(reasons::add);
        return reasons;
    }

    /** {@inheritDoc} Waits a moment for messages that are being sent. */
    @Override
    public void close() {
        lifecycle.close(() -> {
            Optional.ofNullable(running).ifPresent(this::end);
            http.close();
        });
    }

    private void end(Running ending) {
        ending.application().beginClose();
        ending.application().awaitClosed(CLOSE_TIMEOUT);
        ending.sender().close();
        ending.attempts().close();
        ending.quarantine().close();
        ending.watch().close();
        LOG.info("The notifier ended");
    }

    private Running run(Map<Topic, TopicDescription> described) {
        Map<String, Object> client = config.kafka().client();
        TopicNames topics = config.kafka().topics();
        ApplicationSettings settings = config.application();
        Quarantine quarantine = Quarantine.of(settings, new NoOpProcessorWrapper(), lifecycle.meters());
        SchemaRegistry unblamed = quarantine.unblamed(registry);
        String attemptsTopic = topics.of(Topic.DELIVERY_ATTEMPTS);
        KafkaAttemptLog attempts = new KafkaAttemptLog(client, settings.id(), attemptsTopic, registry);
        Sender sender = new Sender(courier, attempts, instance.id(), clock, lifecycle.meters());
        KafkaUnreadAttempts unread = new KafkaUnreadAttempts(client, settings.id(), attemptsTopic, registry);
        TaskGauges gauges = new TaskGauges(lifecycle.meters());
        Patience patience = Patience.USUAL.withAgeLimit(config.ageLimit());
        Map<String, Topic> byName =
                NotifierTopology.READ.stream().collect(Collectors.toMap(topics::of, Function.identity()));
        KafkaStreams streams = new KafkaStreams(
                NotifierTopology.build(
                        topics,
                        unblamed,
                        () -> new TellReceivers(
                                byName, sender, courier, unread, patience, clock, gauges, NotifierTopology.outputs()),
                        quarantine),
                new ApplicationProperties(instance, lifecycle.meters())
                        .exactlyOnce(settings, ReportedElsewhere.NOTHING),
                new WatchedClients(quarantine));
        int partitions = Objects.requireNonNull(described.get(Topic.ALERT_EVENTS))
                .partitions()
                .size();
        return new Running(
                KafkaWatch.of(client, topics.of(Topic.ALERT_EVENTS), partitions, clock),
                quarantine,
                attempts,
                sender,
                new RunningApplication(settings, streams, lifecycle.meters(), clock));
    }
}
