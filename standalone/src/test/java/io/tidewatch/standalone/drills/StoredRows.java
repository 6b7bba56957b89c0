package io.tidewatch.standalone.drills;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                                CassandraSchema.ALARM_STATES))
                .toList();
    }

    /** The rows of each table with all their columns, as text. */
    Map<String, Set<String>> everything() {
        Map<String, Set<String>> everything = new LinkedHashMap<>();
        tables().forEach(table -> everything.put(table, rows(table, Row::getFormattedContents)));
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
        CheckPath check =
                new CheckPath(row.getString("tenant_id"), row.getString("entity_id"), row.getString("check_id"));
        Instant timestamp = row.getInstant("timestamp");
        return new Series(check, row.getString("zone_id")) + "@" + timestamp;
    }

    private Set<String> rows(String table, Function<Row, String> form) {
        Set<String> rows = new HashSet<>();
        session.execute("SELECT * FROM " + keyspace + "." + table).forEach(row -> rows.add(form.apply(row)));
        return rows;
    }
}
