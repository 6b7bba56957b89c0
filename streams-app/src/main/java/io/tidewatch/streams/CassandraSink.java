package io.tidewatch.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.sink.BarrierClients;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.sink.PermanentFailure;
import io.tidewatch.streams.sink.SinkTables;
import io.tidewatch.streams.sink.WriteBarrier;
import io.tidewatch.streams.topology.SinkTopology;
import io.tidewatch.timeseries.CassandraConnection;
import io.tidewatch.timeseries.UnusableCassandraException;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/** The application {@code sink}: comes about once Cassandra is there, and knows how far writes are behind. */
final class CassandraSink implements AutoCloseable {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration UNREADY_AFTER = Duration.ofSeconds(30);

    private final StreamsAppConfig config;
    private final SchemaRegistry registry;
    private final MeterRegistry meters;
    private final Properties properties;
    private final int partitions;
    private final Consumer<KafkaStreams> made;
    private final ScheduledExecutorService retryTimer = DaemonTimer.named("cassandra-write-retries");
    private final WriteBarrier barrier;
    private final BarrierClients clients;
    private final CassandraConnection connection;

    /**
     * @param partitions how many partitions {@code check-results} has
     * @param alarmStatesId the id that Kafka gave the topic {@code alarm-states} when it was made
     * @param made given the application when Cassandra is there, on a thread of this class
     */
    CassandraSink(
            StreamsAppConfig config,
            SchemaRegistry registry,
            MeterRegistry meters,
            Properties properties,
            int partitions,
            Uuid alarmStatesId,
            Clock clock,
            Consumer<KafkaStreams> made) {
        this.config = config;
        this.registry = registry;
        this.meters = meters;
        this.properties = properties;
        this.partitions = partitions;
        this.made = made;
        WriteBarrier.Limits limits =
                new WriteBarrier.Limits(config.sinkWritesInFlight(), FIRST_BACKOFF, LONGEST_BACKOFF);
        barrier = new WriteBarrier(limits, PermanentFailure::is, retryTimer, clock, meters);
        clients = new BarrierClients(barrier);
        SinkTables tables = new SinkTables(
                config.cassandra(),
                config.tables(),
                config.kafka().topics().of(Topic.ALARM_STATES),
                new UUID(alarmStatesId.getMostSignificantBits(), alarmStatesId.getLeastSignificantBits()),
                clock,
                this::make);
        connection = new CassandraConnection(config.cassandra(), tables);
    }

    void start() {
        connection.start();
    }

    /** Why it will never work; empty while there is hope. */
    Optional<String> deadBecause() {
        return connection.failedBecause();
    }

    /** Why rows aren't being written right now; empty when they are. */
    Optional<String> unreadyBecause() {
        Duration age = barrier.oldestAge();
        if (age.compareTo(UNREADY_AFTER) > 0) {
            return Optional.of("Cassandra has not acknowledged a row for " + age.toSeconds() + " s"
                    + barrier.failure()
                            .map(failure -> ": " + UnusableCassandraException.line(config.cassandra(), failure))
                            .orElse(""));
        }
        return connection.waitingBecause();
    }

    /** To be called before the application is closed: its last commits wait for a moment only. */
    void hurry() {
        clients.hurry();
    }

    /** To be called after the application is closed. */
    @Override
    public void close() {
        connection.close();
        retryTimer.shutdownNow();
    }

    private void make(Inserts inserts) {
        Topology topology =
                new SinkTopology(config.kafka().topics(), registry, barrier, meters).build(partitions, inserts);
        made.accept(new KafkaStreams(topology, properties, clients));
    }
}
