package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredRollup;
import io.tidewatch.gateway.timeseries.StoredText;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Every read of the gateway, prepared on one session. */
record Selects(
        SelectMetrics metrics,
        SelectNewestMetrics newestMetrics,
        Map<Resolution, SelectPoints<StoredRollup>> rollups,
        SelectRawPoints values,
        SelectPoints<StoredText> texts,
        SelectTransitions transitions,
        SelectAttempts attempts,
        SelectSuppressions suppressions,
        SelectAlarmStates alarmStates) {
    private static final String ROLLUP_COLUMNS =
            "window_start, unit, count, sum, min, max, mean, variance, first, first_at, last, last_at, sketch";

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or a table is missing
     */
    static Selects on(CqlSession session, String keyspace) {
        Map<Resolution, SelectPoints<StoredRollup>> rollups = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            rollups.put(
                    resolution,
                    new SelectPoints<>(
                            session,
                            keyspace + "." + CassandraSchema.rollupTable(resolution),
                            resolution.bucket(),
                            "window_start",
                            ROLLUP_COLUMNS,
                            Selects::rollup));
        }
        return new Selects(
                new SelectMetrics(session, keyspace),
                new SelectNewestMetrics(session, keyspace),
                rollups,
                new SelectRawPoints(session, keyspace),
                new SelectPoints<>(
                        session,
                        keyspace + "." + CassandraSchema.TEXTS,
                        Bucket.WEEK,
                        "timestamp",
                        "timestamp, value",
                        row -> new StoredText(row.getInstant("timestamp"), row.getString("value"))),
                new SelectTransitions(session, keyspace),
                new SelectAttempts(session, keyspace),
                new SelectSuppressions(session, keyspace),
                new SelectAlarmStates(session, keyspace));
    }

    private static StoredRollup rollup(Row row) {
        return new StoredRollup(
                row.getInstant("window_start"),
                Optional.ofNullable(row.getString("unit")),
                row.getLong("count"),
                row.getDouble("sum"),
                row.getDouble("min"),
                row.getDouble("max"),
                row.getDouble("mean"),
                row.getDouble("variance"),
                row.getDouble("first"),
                row.getInstant("first_at"),
                row.getDouble("last"),
                row.getInstant("last_at"),
                Optional.ofNullable(row.getByteBuffer("sketch")));
    }
}
