package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.MetricRange;
import io.tidewatch.timeseries.Bucket;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a table that has a metric's points in partitions by series and bucket, and in them by metric and time. */
final class SelectPoints<T> {
    private final CqlSession session;
    private final Bucket bucket;
    private final Function<Row, T> point;
    private final PreparedStatement statement;

    /**
     * @param table with its keyspace
     * @param columns what {@code point} needs, separated by commas
     * @param time the column that says when
     */
    SelectPoints(CqlSession session, String table, Bucket bucket, String time, String columns, Function<Row, T> point) {
        this.session = session;
        this.bucket = bucket;
        this.point = point;
        this.statement = session.prepare("SELECT " + columns + " FROM " + table + " WHERE " + SeriesKey.CONDITION
                + " AND bucket = :bucket AND metric = :metric AND " + time + " >= :earliest AND " + time + " < :until"
                + " ORDER BY metric DESC, " + time + " ASC");
    }

    /** A read for each bucket, the oldest first; its statement is made when its turn comes. */
    List<Supplier<CompletionStage<List<T>>>> in(MetricRange range) {
        return bucket.between(range.from(), range.until()).stream()
                .<Supplier<CompletionStage<List<T>>>>map(
                        day -> () -> read(range, day).get())
                .toList();
    }

    private PartitionRead<T> read(MetricRange range, LocalDate day) {
        return new PartitionRead<>(
                session,
                SeriesKey.bind(statement, range.series())
                        .setLocalDate("bucket", day)
                        .setString("metric", range.metric())
                        .setInstant("earliest", range.from())
                        .setInstant("until", range.until())
                        .build(),
                row -> Optional.of(point.apply(row)),
                range.limit());
    }
}
