package io.tidewatch.streams.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.TableSettings;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the sink does with a session once Cassandra is there: makes and checks the tables, prepares the inserts and hands them
 * on. Called on the thread of the connection, again after Cassandra went away in between.
 *
 * @param alarmStates the topic of alarm states by its full name
 * @param alarmStatesId asks Kafka for that topic's id
 * @param clock for the {@link TopicBase} of a topic that no sink has seen before
 * @param prepared given the inserts
 */
public record SinkTables(
        String keyspace,
        TableSettings settings,
        String alarmStates,
        Supplier<UUID> alarmStatesId,
        Clock clock,
        Consumer<Inserts> prepared)
        implements Consumer<CqlSession> {
    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away or refuses; calling again is safe
     * @throws IllegalStateException with what to do when a table does not fit
     */
    @Override
    public void accept(CqlSession session) {
        List<String> faults = new CassandraSchema(session, keyspace, settings).apply();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("; ", faults));
        }
        long baseMicros = TopicBase.micros(session, keyspace, alarmStates, alarmStatesId.get(), clock.instant());
        prepared.accept(Inserts.on(session, keyspace, baseMicros));
    }
}
