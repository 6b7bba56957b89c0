package io.tidewatch.standalone.local;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.notifier.NotifierApp;
import io.tidewatch.notifier.NotifierConfig;
import io.tidewatch.poller.PollerApp;
import io.tidewatch.poller.PollerConfig;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;

/** All of Tidewatch on this machine: servers as child processes, every part of our own in this one. */
public final class LocalTidewatch implements LocalDeployment {
    private static final short BROKER_DEFAULT_REPLICATION = -1;
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** Whoever runs this wants to reach the own machine and the own network, which poller and notifier refuse by themselves. */
    private static final String ANY_ADDRESS = "0.0.0.0/0,::/0";

    private final LocalPlan plan;
    private final Console console;
    private final Clock clock;
    private final LocalServers servers;

    /** The newest first. */
    private final Deque<LocalPart> parts = new ArrayDeque<>();

    private boolean closed;

    public LocalTidewatch(LocalPlan plan, Console console, Clock clock) {
        this.plan = plan;
        this.console = console;
        this.clock = clock;
        this.servers = new LocalServers(plan.data(), plan.servers(), console);
    }

    @Override
    public void start() {
        Port.requireFree(plan.gatewayPort(), "gateway", "--port N");
        servers.start();
        createTables();
        createTopics();
        console.event("starting streams, notifier, pollers and gateway");
        start(new LocalPart("streams", new StreamsApp(streamsSettings(), clock)));
        start(new LocalPart("notifier", new NotifierApp(notifierSettings(), clock)));
        plan.zones()
                .forEach(zone -> start(new LocalPart("poller " + zone, new PollerApp(pollerSettings(zone), clock))));
        start(new LocalPart("gateway", new GatewayApp(gatewaySettings(), clock)));
        parts().forEach(this::awaitReady);
    }

    @Override
    public Optional<String> fault() {
        return servers.fault()
                .or(() -> parts().stream()
                        .map(LocalPart::deadBecause)
                        .flatMap(Optional::stream)
                        .map(servers::withShortage)
                        .findFirst());
    }

    @Override
    public void close() {
        synchronized (parts) {
            closed = true;
        }
        try {
            endAtOnce(parts());
        } finally {
            synchronized (parts) {
                parts.clear();
            }
            servers.close();
        }
    }

    /** Each of them waits for seconds when Kafka is not there any more; one after the other, they would keep a person waiting. */
    private void endAtOnce(List<LocalPart> ending) {
        CompletableFuture.allOf(ending.stream()
                        .map(part -> CompletableFuture.runAsync(
                                () -> end(part), task -> new Thread(task, "end " + part.name()).start()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private void end(LocalPart part) {
        part.app().close();
        console.event("%-14s ended", part.name());
    }

    /** Our own parts that have been started, the newest first. */
    public List<LocalPart> parts() {
        synchronized (parts) {
            return List.copyOf(parts);
        }
    }

    public EmbeddedServers servers() {
        return servers.servers();
    }

    public LocalPlan plan() {
        return plan;
    }

    /** The root of the API. */
    public String api() {
        return "http://127.0.0.1:" + plan.gatewayPort() + "/v1.0";
    }

    public KafkaSettings kafka() {
        return new KafkaSettings(
                servers().broker().address(), servers().registry().address(), TopicNames.withDefaultPrefix());
    }

    private void createTopics() {
        try (Admin admin = Admin.create(kafka().client())) {
            TopicSetup setup = new TopicSetup(admin, kafka().registry(), kafka().topics());
            int created = setup.apply(Topic.DEFAULT_PARTITIONS, BROKER_DEFAULT_REPLICATION)
                    .size();
            console.event("%-14s ready  %d created, schemas registered", "topics", created);
        }
    }

    /** Before the parts start, so that none of them warns of tables that another one is still making. */
    private void createTables() {
        Settings settings = streamsSettings();
        try (CqlSession session = servers().cassandra().session()) {
            CassandraSchema schema = new CassandraSchema(
                    session, CassandraSettings.from(settings).keyspace(), TableSettings.from(settings));
            List<String> faults = schema.apply();
            if (!faults.isEmpty()) {
                throw new IllegalStateException(String.join("; ", faults));
            }
            console.event(
                    "%-14s ready  %d in Cassandra", "tables", schema.tables().size());
        }
    }

    private void start(LocalPart part) {
        synchronized (parts) {
            if (closed) {
                part.app().close();
                throw new IllegalStateException("Everything is ending");
            }
            parts.addFirst(part);
        }
        part.app().start();
    }

    private void awaitReady(LocalPart part) {
        part.app().awaitReady(READY_WITHIN);
        console.event("%-14s ready", part.name());
    }

    private Settings streamsSettings() {
        return Settings.of(
                StreamsAppConfig.definition(),
                withKafka(Map.of(
                        RuntimeSettings.STATE_DIR, plan.data().streamsState().toString(),
                        CassandraSettings.CONTACT_POINTS, servers().cassandra().address(),
                        CassandraSettings.LOCAL_DATACENTER, EmbeddedCassandra.DATACENTER)));
    }

    private Settings notifierSettings() {
        return Settings.of(
                NotifierConfig.definition(),
                withKafka(Map.of(
                        RuntimeSettings.STATE_DIR,
                        plan.data().notifierState().toString(),
                        NotifierConfig.RECEIVERS_ALLOW,
                        ANY_ADDRESS,
                        SecretBox.KEYS,
                        secretKeys())));
    }

    private Settings pollerSettings(String zone) {
        return Settings.of(
                PollerConfig.DEFINITION,
                withKafka(Map.of(
                        PollerConfig.ZONE_ID, zone,
                        PollerConfig.COLLECTOR_ID, "local-" + zone,
                        PollerConfig.TARGETS_ALLOW, ANY_ADDRESS)));
    }

    private Settings gatewaySettings() {
        return Settings.of(
                GatewayConfig.DEFINITION,
                withKafka(Map.of(
                        SecretBox.KEYS, secretKeys(),
                        GatewayConfig.HTTP_HOST, "127.0.0.1",
                        GatewayConfig.HTTP_PORT, Integer.toString(plan.gatewayPort()),
                        CassandraSettings.CONTACT_POINTS, servers().cassandra().address(),
                        CassandraSettings.LOCAL_DATACENTER, EmbeddedCassandra.DATACENTER,
                        GatewayConfig.MIN_CHECK_PERIOD_SECONDS, Integer.toString(plan.minPeriodSeconds()))));
    }

    private String secretKeys() {
        return "local:" + plan.data().secretKey();
    }

    private Map<String, String> withKafka(Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(own);
        settings.put(KafkaSettings.BOOTSTRAP_SERVERS, kafka().bootstrapServers());
        settings.put(KafkaSettings.REGISTRY_URL, kafka().registryUrl());
        return settings;
    }
}
