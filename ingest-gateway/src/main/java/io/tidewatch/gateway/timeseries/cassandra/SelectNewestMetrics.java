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
import java.time.LocalDate;
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

    /** A row may have 256 KiB, and those of 32 zones are on their way at the same time. */
    private static final int ROWS_A_PAGE = 2;

    /** As many as two results may have that have none in common; what comes beyond is listed when it is rolled up. */
    private static final int MAX_METRICS = 1_000;

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
                .<Supplier<CompletionStage<List<StoredMetric>>>>map(day -> () -> read(series, day, earliest))
                .toList();
    }

    /** Each metric as the newest result with it has it. Of the rows nothing else is kept. */
    private CompletionStage<List<StoredMetric>> read(Series series, LocalDate day, Instant earliest) {
        Map<String, StoredMetric> newest = new LinkedHashMap<>();
        PartitionRead<Boolean> results = new PartitionRead<>(
                session,
                SeriesKey.bind(statement, series)
                        .setLocalDate("day", day)
                        .setInstant("earliest", earliest)
                        .build(),
                row -> isFullWith(row, series.zoneId(), newest) ? Optional.of(true) : Optional.empty(),
                ROWS_A_PAGE);
        return results.get().thenApply(unused -> List.copyOf(newest.values()));
    }

    private static boolean isFullWith(Row row, String zoneId, Map<String, StoredMetric> newest) {
        if (newest.size() < MAX_METRICS) {
            addMetrics(row, zoneId, newest);
        }
        return newest.size() >= MAX_METRICS;
    }

    private static void addMetrics(Row row, String zoneId, Map<String, StoredMetric> newest) {
        Map<String, String> units = map(row, "units", String.class);
        for (Column column : Column.values()) {
            map(row, column.name, column.type).keySet().stream()
                    .filter(name -> !name.equals(Series.AVAILABILITY))
                    .forEach(name -> newest.putIfAbsent(
                            name, new StoredMetric(zoneId, name, column.kind, Optional.ofNullable(units.get(name)))));
        }
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
