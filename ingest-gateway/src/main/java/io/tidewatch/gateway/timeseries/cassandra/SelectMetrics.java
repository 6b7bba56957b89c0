package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.Series;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads {@code metrics}: a page of those that a series has, or one of them. A check may have had millions of names. */
final class SelectMetrics {
    private final CqlSession session;
    private final PreparedStatement some;
    private final PreparedStatement one;

    SelectMetrics(CqlSession session, String keyspace) {
        this.session = session;
        String statement = "SELECT zone_id, metric, kind, unit FROM " + keyspace + "." + CassandraSchema.METRICS
                + " WHERE " + SeriesKey.CONDITION;
        some = session.prepare(statement + " AND metric >= :metric");
        one = session.prepare(statement + " AND metric = :metric");
    }

    /** The first ones of a series from a name on. */
    Supplier<CompletionStage<List<StoredMetric>>> from(Series series, String metric, int limit) {
        return () -> new PartitionRead<>(
                        session,
                        SeriesKey.bind(some, series).setString("metric", metric).build(),
                        SelectMetrics::metric,
                        limit)
                .get();
    }

    Supplier<CompletionStage<List<StoredMetric>>> of(Series series, String metric) {
        return new PartitionRead<>(
                session, SeriesKey.bind(one, series).setString("metric", metric).build(), SelectMetrics::metric, 1);
    }

    private static Optional<StoredMetric> metric(Row row) {
        return Optional.of(new StoredMetric(
                row.getString("zone_id"),
                row.getString("metric"),
                MetricKind.ofWord(row.getString("kind")),
                Optional.ofNullable(row.getString("unit")).filter(unit -> !unit.isEmpty())));
    }
}
