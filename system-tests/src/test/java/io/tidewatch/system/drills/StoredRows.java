package io.tidewatch.system.drills;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that is in a keyspace by now. */
final class StoredRows {
    private final CqlSession session;
    private final String keyspace;

    StoredRows(CqlSession session, String keyspace) {
        this.session = session;
        this.keyspace = keyspace;
    }

    /** The tables that the sink fills. */
    static List<String> tables() {
        return Stream.concat(
                        Stream.of(Resolution.values()).map(CassandraSchema::rollupTable),
                        Stream.of(
                                CassandraSchema.RESULTS,
                                CassandraSchema.TEXTS,
                                CassandraSchema.METRICS,
                                CassandraSchema.TRANSITIONS_BY_ALARM,
                                CassandraSchema.TRANSITIONS_BY_TENANT,
                                CassandraSchema.ALARM_STATES,
                                CassandraSchema.ATTEMPTS_BY_ALARM,
                                CassandraSchema.SUPPRESSION_LOGS))
                .toList();
    }

    /** The rows of each table with all their columns, as text; of texts, only those that say something new. */
    Map<String, Set<String>> everything() {
        Map<String, Set<String>> everything = new LinkedHashMap<>();
        tables().forEach(table -> everything.put(table, rows(table, Row::getFormattedContents)));
        everything.put(CassandraSchema.TEXTS, changedTexts());
        return everything;
    }

    /** Which results are there, as {@link #place} names them. */
    Set<String> results() {
        return rows(CassandraSchema.RESULTS, StoredRows::place);
    }

    /** What makes a result another one than the rest: its series and its time. */
    static String place(CheckResult result) {
        return Series.of(result) + "@" + result.getTimestamp();
    }

    private static String place(Row row) {
        return series(row) + "@" + row.getInstant("timestamp");
    }

    private static Series series(Row row) {
        CheckPath check =
                new CheckPath(row.getString("tenant_id"), row.getString("entity_id"), row.getString("check_id"));
        return new Series(check, row.getString("zone_id"));
    }

    /**
     * A row may repeat the text before it: what was the first of its text when its window was published is not any more once a
     * late result came before it. So which repetitions there are goes by when windows were published.
     */
    private Set<String> changedTexts() {
        Map<String, NavigableMap<Instant, Row>> series = new HashMap<>();
        for (Row row : session.execute("SELECT * FROM " + keyspace + "." + CassandraSchema.TEXTS)) {
            series.computeIfAbsent(
                            series(row).rollupKey(String.valueOf(row.getString("metric"))), first -> new TreeMap<>())
                    .put(Objects.requireNonNull(row.getInstant("timestamp")), row);
        }
        Set<String> changed = new HashSet<>();
        series.values().forEach(rows -> {
            Optional<String> before = Optional.empty();
            for (Row row : rows.values()) {
                Optional<String> text = Optional.ofNullable(row.getString("value"));
                if (!text.equals(before)) {
                    changed.add(row.getFormattedContents());
                }
                before = text;
            }
        });
        return changed;
    }

    private Set<String> rows(String table, Function<Row, String> form) {
        Set<String> rows = new HashSet<>();
        session.execute("SELECT * FROM " + keyspace + "." + table).forEach(row -> rows.add(form.apply(row)));
        return rows;
    }
}
