package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.MetricRange;
import io.tidewatch.gateway.timeseries.StoredValue;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads one metric's values, or the availability, out of {@code results}. Of each row nothing else is asked for: all that
 * a result has may be a thousand times as much.
 */
final class SelectRawPoints {
    private final CqlSession session;
    private final PreparedStatement statement;

    SelectRawPoints(CqlSession session, String keyspace) {
        this.session = session;
        this.statement = session.prepare("SELECT timestamp, available, longs[:metric] AS long_value,"
                + " doubles[:metric] AS double_value FROM " + keyspace + "."
                + CassandraSchema.RESULTS + " WHERE " + SeriesKey.CONDITION
                + " AND day = :day AND timestamp >= :earliest AND timestamp < :until ORDER BY timestamp ASC");
    }

    /** A read for each day, the oldest first; its statement is made when its turn comes. */
    List<Supplier<CompletionStage<List<StoredValue>>>> in(MetricRange range) {
        return Bucket.DAY.between(range.from(), range.until()).stream()
                .<Supplier<CompletionStage<List<StoredValue>>>>map(
                        day -> () -> read(range, day).get())
                .toList();
    }

    private PartitionRead<StoredValue> read(MetricRange range, LocalDate day) {
        return new PartitionRead<>(
                session,
                SeriesKey.bind(statement, range.series())
                        .setString("metric", range.metric())
                        .setLocalDate("day", day)
                        .setInstant("earliest", range.from())
                        .setInstant("until", range.until())
                        .build(),
                row -> value(row, range.metric()),
                range.limit());
    }

    private static Optional<StoredValue> value(Row row, String metric) {
        Instant timestamp = row.getInstant("timestamp");
        if (metric.equals(Series.AVAILABILITY)) {
            return Optional.of(new StoredValue(timestamp, row.getBoolean("available") ? 1 : 0));
        }
        return number(row, "long_value", Long.class)
                .or(() -> number(row, "double_value", Double.class))
                .map(value -> new StoredValue(timestamp, value));
    }

    private static Optional<Double> number(Row row, String column, Class<? extends Number> type) {
        return Optional.<Number>ofNullable(row.get(column, type)).map(Number::doubleValue);
    }
}
