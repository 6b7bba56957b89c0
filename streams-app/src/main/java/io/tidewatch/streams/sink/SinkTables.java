package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.timeseries.UnusableCassandraException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the sink does with a session once Cassandra is reachable: makes and checks the tables, prepares the inserts and
 * hands them on. Called on the thread of the connection, again after Cassandra went away in between.
 *
 * @param alarmStates the topic of alarm states by its full name
 * @param alarmStatesId that topic's id
 * @param clock for the {@link TopicBase} of a topic that no sink has seen before
 * @param prepared given the inserts
 */
public record SinkTables(
        CassandraSettings cassandra,
        TableSettings settings,
        String alarmStates,
        UUID alarmStatesId,
        Clock clock,
        Consumer<Inserts> prepared)
        implements Consumer<CqlSession> {
    private static final Logger LOG = LoggerFactory.getLogger(SinkTables.class);

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away or refuses; calling again is safe
     * @throws UnusableCassandraException with what to do when the keyspace can't be created or a table does not fit; calling
     *     again is safe
     */
    @Override
    public void accept(CqlSession session) {
        String keyspace = cassandra.keyspace();
        CassandraSchema schema = new CassandraSchema(session, keyspace, settings);
        List<String> faults = schema.apply();
        if (!faults.isEmpty()) {
            throw new UnusableCassandraException(String.join("; ", faults));
        }
        schema.advice(cassandra.localDatacenter())
                .ifPresent(advice -> LOG.warn("Cassandra is not as configured reason={}", advice));
        long baseMicros = TopicBase.micros(session, keyspace, alarmStates, alarmStatesId, clock.instant());
        prepared.accept(Inserts.on(session, keyspace, baseMicros));
    }
}
