package io.tidewatch.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.timeseries.BarrierClients;
import io.tidewatch.streams.timeseries.Inserts;
import io.tidewatch.streams.timeseries.PermanentFailure;
import io.tidewatch.streams.timeseries.SinkTables;
import io.tidewatch.streams.timeseries.WriteBarrier;
import io.tidewatch.streams.topology.SinkTopology;
import io.tidewatch.timeseries.CassandraConnection;
import io.tidewatch.timeseries.UnusableCassandraException;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
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
    private final ScheduledExecutorService retryTimer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cassandra-write-retries");
        thread.setDaemon(true);
        return thread;
    });
    private final WriteBarrier barrier;
    private final BarrierClients clients;
    private final CassandraConnection connection;

    /**
     * @param partitions how many partitions {@code check-results} has
     * @param made given the application when Cassandra is there, on a thread of this class
     */
    CassandraSink(
            StreamsAppConfig config,
            SchemaRegistry registry,
            MeterRegistry meters,
            Properties properties,
            int partitions,
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
        String alarmStates = config.kafka().topics().of(Topic.ALARM_STATES);
        SinkTables tables = new SinkTables(
                config.cassandra(), config.tables(), alarmStates, () -> idOf(alarmStates), clock, this::make);
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

    /** The id that Kafka gave the topic when it was made. */
    private UUID idOf(String topic) {
        try (Admin admin = Admin.create(config.kafka().client())) {
            TopicDescription found =
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
            Uuid id = Objects.requireNonNull(found, topic).topicId();
            return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused to describe " + topic + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka about " + topic, e);
        }
    }
}
