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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads one metric's values, or the availability, out of {@code results}. The only one to know how that table is laid. */
final class SelectRawPoints {
    private final CqlSession session;
    private final PreparedStatement statement;

    SelectRawPoints(CqlSession session, String keyspace) {
        this.session = session;
        this.statement = session.prepare("SELECT timestamp, available, longs, doubles FROM " + keyspace + "."
                + CassandraSchema.RESULTS + " WHERE " + SeriesKey.CONDITION
                + " AND day = :day AND timestamp >= :earliest AND timestamp < :until ORDER BY timestamp ASC");
    }

    /** A read for each day, the oldest first. */
    List<Supplier<CompletionStage<List<StoredValue>>>> in(MetricRange range) {
        return Bucket.DAY.between(range.from(), range.until()).stream()
                .<Supplier<CompletionStage<List<StoredValue>>>>map(day -> new PartitionRead<>(
                        session,
                        SeriesKey.bind(statement, range.series())
                                .setLocalDate("day", day)
                                .setInstant("earliest", range.from())
                                .setInstant("until", range.until())
                                .build(),
                        row -> value(row, range.metric()),
                        range.limit()))
                .toList();
    }

    private static Optional<StoredValue> value(Row row, String metric) {
        Instant timestamp = row.getInstant("timestamp");
        if (metric.equals(Series.AVAILABILITY)) {
            return Optional.of(new StoredValue(timestamp, row.getBoolean("available") ? 1 : 0));
        }
        return number(row, "longs", Long.class, metric)
                .or(() -> number(row, "doubles", Double.class, metric))
                .map(value -> new StoredValue(timestamp, value));
    }

    /** The driver gives an empty map, or none, for a column that was never set. */
    private static Optional<Double> number(Row row, String column, Class<? extends Number> type, String metric) {
        Map<String, ? extends Number> values = row.getMap(column, String.class, type);
        return values == null
                ? Optional.empty()
                : Optional.<Number>ofNullable(values.get(metric)).map(Number::doubleValue);
    }
}
