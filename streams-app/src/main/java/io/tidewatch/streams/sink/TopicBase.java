package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tidewatch.timeseries.CassandraSchema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Where the write times of a topic's rows begin. Offsets alone would not do: those of a topic that is deleted and made anew
 * begin at 0 again, and its rows would lose against the old one's. So each topic, by Kafka's id for it, has a base that the
 * first sink to see it takes from the clock, and that Cassandra remembers for all.
 */
final class TopicBase {
    private TopicBase() {}

    /**
     * The base of a topic in microseconds, remembered from now on. Blocks; calling again gives the same.
     *
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    static long micros(CqlSession session, String keyspace, String topic, UUID topicId, Instant now) {
        String table = keyspace + "." + CassandraSchema.TOPIC_BASES;
        long proposedMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        Row answer = session.execute(SimpleStatement.newInstance(
                        "INSERT INTO " + table + " (topic_id, topic, base_micros) VALUES (?, ?, ?) IF NOT EXISTS",
                        topicId,
                        topic,
                        proposedMicros))
                .one();
        if (answer == null) {
            throw new IllegalStateException("Cassandra gave no answer to a conditional insert into " + table);
        }
        return answer.getBoolean("[applied]") ? proposedMicros : answer.getLong("base_micros");
    }
}
