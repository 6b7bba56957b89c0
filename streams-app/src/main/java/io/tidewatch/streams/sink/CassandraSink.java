package io.tidewatch.streams.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.DaemonTimer;
import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.timeseries.CassandraConnection;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.timeseries.UnusableCassandraException;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * What the application {@code sink} needs of Cassandra: the inserts once Cassandra is reachable, the barrier that their
 * writes go through, and how far these are behind. Thread-safe.
 */
public final class CassandraSink implements AutoCloseable {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(50);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration UNREADY_AFTER = Duration.ofSeconds(30);

    private final CassandraSettings cassandra;
    private final ScheduledExecutorService retryTimer = DaemonTimer.named("cassandra-write-retries");
    private final WriteBarrier barrier;
    private final BarrierClients clients;
    private final CassandraConnection connection;

    /**
     * @param alarmStatesId the id that Kafka gave the topic {@code alarm-states} when it was made
     * @param maxInFlight no more records are fetched while so many writes are on their way
     * @param quarantine told of what is committed
     * @param pollTimeout after which a thread that has not polled loses its partitions
     * @param prepared given the inserts when Cassandra is reachable, on a thread of this class
     */
    public CassandraSink(
            CassandraSettings cassandra,
            TableSettings tables,
            TopicNames topics,
            Uuid alarmStatesId,
            int maxInFlight,
            Quarantine quarantine,
            Duration pollTimeout,
            Clock clock,
            MeterRegistry meters,
            Consumer<Inserts> prepared) {
        this.cassandra = cassandra;
        WriteBarrier.Limits limits = new WriteBarrier.Limits(maxInFlight, FIRST_BACKOFF, LONGEST_BACKOFF);
        barrier = new WriteBarrier(limits, PermanentFailure::is, retryTimer, clock, meters);
        clients = new BarrierClients(barrier, quarantine, pollTimeout);
        SinkTables sinkTables = new SinkTables(
                cassandra,
                tables,
                topics.of(Topic.ALARM_STATES),
                new UUID(alarmStatesId.getMostSignificantBits(), alarmStatesId.getLeastSignificantBits()),
                clock,
                prepared);
        connection = new CassandraConnection(cassandra, sinkTables);
    }

    /** Knows the writes on their way, of all threads of the application. */
    public WriteBarrier barrier() {
        return barrier;
    }

    /** The Kafka clients of the application: they commit no offset before its rows are acknowledged. */
    public KafkaClientSupplier clients() {
        return clients;
    }

    /** Starts to connect. Call once. */
    public void start() {
        connection.start();
    }

    /** Why it will never work; empty while there is hope. */
    public Optional<String> deadBecause() {
        return connection.failedBecause();
    }

    /** Why rows aren't being written right now; empty when they are. */
    public Optional<String> unreadyBecause() {
        Duration age = barrier.oldestAge();
        if (age.compareTo(UNREADY_AFTER) > 0) {
            return Optional.of("Cassandra has not acknowledged a row for " + age.toSeconds() + " s"
                    + barrier.failure()
                            .map(failure -> ": " + UnusableCassandraException.line(cassandra, failure))
                            .orElse(""));
        }
        return connection.waitingBecause();
    }

    /** To be called before the application is closed: its last commits wait for a moment only. */
    public void hurry() {
        clients.hurry();
    }

    /** To be called after the application is closed. */
    @Override
    public void close() {
        connection.close();
        retryTimer.shutdownNow();
    }
}
