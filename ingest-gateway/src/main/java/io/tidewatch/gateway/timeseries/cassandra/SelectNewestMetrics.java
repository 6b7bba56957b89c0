package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads which metrics a series' newest {@code results} have. A metric is in {@code metrics} once its first window of rollups is
 * over; until then the results are all that tells of it.
 */
final class SelectNewestMetrics {
    /** Longer than a window of five minutes, its grace, and what the sink may be late. */
    private static final Duration REACH = Duration.ofMinutes(15);

    /** So many results are looked at, the newest first: more than one, because a failed run has no metrics. */
    private static final int MAX_RESULTS = 30;

    private final CqlSession session;
    private final PreparedStatement statement;

    SelectNewestMetrics(CqlSession session, String keyspace) {
        this.session = session;
        this.statement = session.prepare("SELECT longs, doubles, texts, booleans, units FROM " + keyspace + "."
                + CassandraSchema.RESULTS + " WHERE " + SeriesKey.CONDITION
                + " AND day = :day AND timestamp >= :earliest ORDER BY timestamp DESC"
                + " LIMIT " + MAX_RESULTS);
    }

    /** A read for each day that the newest results lie in, which is one but around midnight. */
    List<Supplier<CompletionStage<List<StoredMetric>>>> of(Series series, Instant now) {
        Instant earliest = now.minus(REACH);
        return Bucket.DAY.between(earliest, now.plusMillis(1)).stream()
                .<Supplier<CompletionStage<List<StoredMetric>>>>map(day -> {
                    PartitionRead<Map<String, StoredMetric>> results = new PartitionRead<>(
                            session,
                            SeriesKey.bind(statement, series)
                                    .setLocalDate("day", day)
                                    .setInstant("earliest", earliest)
                                    .build(),
                            row -> Optional.of(metrics(series.zoneId(), row)),
                            MAX_RESULTS);
                    return () -> results.get().thenApply(SelectNewestMetrics::newest);
                })
                .toList();
    }

    /** Each metric as the newest result with it has it. */
    private static List<StoredMetric> newest(List<Map<String, StoredMetric>> newestFirst) {
        Map<String, StoredMetric> metrics = new LinkedHashMap<>();
        newestFirst.forEach(result -> result.forEach(metrics::putIfAbsent));
        return List.copyOf(metrics.values());
    }

    private static Map<String, StoredMetric> metrics(String zoneId, Row row) {
        Map<String, StoredMetric> metrics = new LinkedHashMap<>();
        Map<String, String> units = map(row, "units", String.class);
        for (Column column : Column.values()) {
            map(row, column.name, column.type).keySet().stream()
                    .filter(name -> !name.equals(Series.AVAILABILITY))
                    .forEach(name -> metrics.put(
                            name, new StoredMetric(zoneId, name, column.kind, Optional.ofNullable(units.get(name)))));
        }
        return metrics;
    }

    /** The driver gives an empty map, or none, for a column that was never set. */
    private static <T> Map<String, T> map(Row row, String column, Class<T> type) {
        Map<String, T> values = row.getMap(column, String.class, type);
        return values == null ? Map.of() : values;
    }

    /** The columns of metrics by the type of their values. What is no number is rolled up as text. */
    private enum Column {
        LONGS("longs", Long.class, MetricKind.NUMBER),
        DOUBLES("doubles", Double.class, MetricKind.NUMBER),
        TEXTS("texts", String.class, MetricKind.TEXT),
        BOOLEANS("booleans", Boolean.class, MetricKind.TEXT);

        private final String name;
        private final Class<?> type;
        private final MetricKind kind;

        Column(String name, Class<?> type, MetricKind kind) {
            this.name = name;
            this.type = type;
            this.kind = kind;
        }
    }
}
