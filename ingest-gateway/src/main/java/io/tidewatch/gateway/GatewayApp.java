package io.tidewatch.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.channels.ChannelTypes;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.gateway.catalogue.CheckTypeEndpoint;
import io.tidewatch.gateway.catalogue.NotificationTypeEndpoint;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.ConfigurationWriter;
import io.tidewatch.gateway.history.ChangelogEndpoint;
import io.tidewatch.gateway.history.MetricEndpoint;
import io.tidewatch.gateway.history.NotificationHistoryEndpoint;
import io.tidewatch.gateway.history.SuppressionLogEndpoint;
import io.tidewatch.gateway.history.ViewEndpoint;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.incident.IncidentEndpoint;
import io.tidewatch.gateway.incident.IncidentKind;
import io.tidewatch.gateway.ingest.ResultEndpoint;
import io.tidewatch.gateway.ingest.ResultJson;
import io.tidewatch.gateway.records.KafkaRecordLog;
import io.tidewatch.gateway.records.RecordLog;
import io.tidewatch.gateway.resource.AlarmKind;
import io.tidewatch.gateway.resource.CheckKind;
import io.tidewatch.gateway.resource.EntityKind;
import io.tidewatch.gateway.resource.NotificationKind;
import io.tidewatch.gateway.resource.NotificationPlanKind;
import io.tidewatch.gateway.resource.ResourceBounds;
import io.tidewatch.gateway.resource.ResourceEndpoint;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.gateway.resource.SuppressionKind;
import io.tidewatch.gateway.suppression.InhibitionKind;
import io.tidewatch.gateway.suppression.MaintenanceWindowKind;
import io.tidewatch.gateway.suppression.SilenceKind;
import io.tidewatch.gateway.suppression.SilencePreviewEndpoint;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.cassandra.CassandraTimeSeries;
import io.tidewatch.gateway.trial.AwaitedAttempts;
import io.tidewatch.gateway.trial.TestNotificationEndpoint;
import io.tidewatch.operations.App;
import io.tidewatch.operations.Health;
import io.tidewatch.operations.Lifecycle;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.Notification;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.topics.RequiredTopics;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway, wired: the API on one port, health and metrics on another, Kafka behind. Cassandra is only read from, and may be
 * away: what needs it gets a 503 then, and the gateway stays ready.
 */
public final class GatewayApp implements App {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayApp.class);
    private static final String CLIENT_ID = "ingest-gateway";

    private final GatewayConfig config;
    private final Lifecycle lifecycle;
    private final KafkaRecordLog log;
    private final TopicFollower follower;
    private final TopicFollower attempts;
    private final CassandraTimeSeries timeSeries;
    private final HttpApi api;

    /** Connects to nothing yet. */
    public GatewayApp(Settings settings, Clock clock) {
        config = GatewayConfig.from(settings);
        SchemaRegistry registry = config.kafka().registry();
        TopicNames names = config.kafka().topics();
        Map<String, Object> client = config.kafka().client();
        lifecycle = new Lifecycle(
                "the gateway",
                config.operations(),
                new RequiredTopics(client, registry, names, topicsRead(settings), topicsWritten(settings)));
        MeterRegistry meters = lifecycle.meters();
        GatewayMetrics metrics = new GatewayMetrics(meters);
        ResourceKinds kinds = kinds(config);
        ConfigurationView view = view(kinds);
        log = new KafkaRecordLog(
                KafkaRecordLog.producer(client, CLIENT_ID, config.writeTimeout()),
                registry,
                names,
                config.writeTimeout());
        follower = new TopicFollower(
                "configuration",
                TopicFollower.consumer(client, CLIENT_ID),
                registry,
                names,
                view.topics(),
                view,
                meters);
        AwaitedAttempts awaited = new AwaitedAttempts();
        attempts = new TopicFollower(
                "attempts",
                TopicFollower.consumer(client, CLIENT_ID + "-attempts"),
                registry,
                names,
                Set.of(Topic.DELIVERY_ATTEMPTS),
                awaited,
                meters);
        timeSeries = new CassandraTimeSeries(config.cassandra(), config.readTimeout());
        metrics.watchTimeSeries(timeSeries::isConnected);
        metrics.watchConfiguration(view.memory()::total, config.resourceBounds().allBytes());
        api = new HttpApi(
                endpoints(config, kinds, view, log, awaited, timeSeries, meters, clock),
                config,
                metrics,
                follower::isCaughtUp);
    }

    /** Every kind of resource that the gateway knows, what others belong to first. */
    static ResourceKinds kinds(GatewayConfig config) {
        NotificationKind notifications =
                new NotificationKind(ChannelTypes.ALL, config.secrets(), config.maxNotificationsPerTenant());
        NotificationPlanKind plans = new NotificationPlanKind(notifications, config.maxNotificationPlansPerTenant());
        return new ResourceKinds(List.of(
                new EntityKind(config.maxEntitiesPerTenant()),
                new CheckKind(CheckTypes.ALL, config.minCheckPeriodSeconds(), config.maxChecksPerTenant()),
                notifications,
                plans,
                new AlarmKind(CheckTypes.ALL, plans, config.maxAlarmsPerTenant()),
                new SuppressionKind(plans, config.maxSuppressionsPerTenant()),
                new SilenceKind(config.longestSilence(), config.maxSilencesPerTenant()),
                new MaintenanceWindowKind(plans, config.maxMaintenanceWindowsPerTenant()),
                new InhibitionKind(config.maxInhibitionsPerTenant())));
    }

    /** What the gateway has in memory: every kind of resource, and incidents. */
    static ConfigurationView view(ResourceKinds kinds) {
        return new ConfigurationView(Stream.concat(kinds.all().stream(), Stream.of(new IncidentKind()))
                .toList());
    }

    /** Every endpoint of the API, over a view of the configuration, a log to write to, and time series to read. */
    static List<Endpoint> endpoints(
            GatewayConfig config,
            ResourceKinds kinds,
            ConfigurationView view,
            RecordLog log,
            AwaitedAttempts attempts,
            TimeSeries timeSeries,
            MeterRegistry meters,
            Clock clock) {
        ConfigurationWriter writer = new ConfigurationWriter(view, log, config.writeTimeout());
        Stream<Endpoint> resources =
                kinds.all().stream().map(kind -> resource(kind, kinds, view, writer, config.resourceBounds(), clock));
        Stream<Endpoint> others = Stream.of(
                new ResultEndpoint(
                        new ResultJson(view.table(Check.class), config.maxResultAge(), config.maxResultFuture()),
                        log,
                        clock,
                        meters),
                new IncidentEndpoint(view.table(Incident.class), log, clock),
                new TestNotificationEndpoint(
                        kinds.of(Notification.class), view, log, attempts, config.testTimeout(), clock),
                new MetricEndpoint(view.table(Check.class), timeSeries, clock),
                new ChangelogEndpoint(timeSeries, clock),
                new NotificationHistoryEndpoint(view, kinds, timeSeries, clock),
                new SuppressionLogEndpoint(timeSeries, clock),
                new ViewEndpoint(view, kinds, timeSeries, clock),
                new SilencePreviewEndpoint(view, timeSeries, clock),
                new CheckTypeEndpoint(CheckTypes.ALL),
                new NotificationTypeEndpoint(ChannelTypes.ALL));
        return Stream.concat(resources, others).toList();
    }

    private static Endpoint resource(
            ResourceKind<?> kind,
            ResourceKinds kinds,
            ConfigurationView view,
            ConfigurationWriter writer,
            ResourceBounds bounds,
            Clock clock) {
        return new ResourceEndpoint<>(kind, kinds, view, writer, bounds, clock);
    }

    /** The topics that a gateway reads: that of each kind of resource, and what notifiers tell. */
    public static Set<Topic> topicsRead(Settings settings) {
        Set<Topic> read = new HashSet<>(topicsOfResources(settings));
        read.add(Topic.INCIDENTS);
        read.add(Topic.DELIVERY_ATTEMPTS);
        return read;
    }

    /** The topics that a gateway writes. */
    public static Set<Topic> topicsWritten(Settings settings) {
        Set<Topic> written = new HashSet<>(topicsOfResources(settings));
        written.addAll(Set.of(Topic.CHECK_RESULTS, Topic.INCIDENT_COMMANDS, Topic.DELIVERIES));
        return written;
    }

    private static Set<Topic> topicsOfResources(Settings settings) {
        return kinds(GatewayConfig.from(settings)).all().stream()
                .map(ResourceKind::topic)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Until the configuration has been read, requests get a 503. Cassandra is not waited for. */
    @Override
    public void start() {
        lifecycle.begin(new Health(this::deadBecause, this::unreadyBecause));
        lifecycle.whileOpen(() -> {
            follower.start();
            attempts.startFromNowOn();
            timeSeries.start();
            api.start(config.httpHost(), config.httpPort());
        });
        LOG.info("The gateway listens port={} operationsPort={}", port(), operationsPort());
    }

    @Override
    public List<String> deadBecause() {
        return Stream.of(follower.deadBecause(), attempts.deadBecause(), log.deadBecause(), api.endedBecause())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Not ready before the configuration is known and the API can be asked. */
    @Override
    public List<String> unreadyBecause() {
        if (lifecycle.isClosed()) {
            return lifecycle.unreadyBecause().stream().toList();
        }
        Stream<String> reasons = Stream.of(
                        lifecycle.unreadyBecause(),
                        follower.behindBecause().map(reason -> "The configuration may be incomplete: " + reason),
                        api.notListeningBecause())
                .flatMap(Optional::stream);
        return Stream.concat(deadBecause().stream(), reasons).toList();
    }

    /** The port of the API, once started. */
    public int port() {
        return api.port();
    }

    @Override
    public int operationsPort() {
        return lifecycle.operationsPort();
    }

    /** Lets requests under way finish, then lets go of Kafka and Cassandra. */
    @Override
    public void close() {
        lifecycle.close(() -> {
            api.close();
            log.close();
            follower.close();
            attempts.close();
            timeSeries.close();
        });
    }
}
