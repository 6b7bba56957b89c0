package io.tidewatch.streams.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads check results back from {@code results}. Thread-safe; blocks its caller. */
public final class SelectResults {
    private final CqlSession session;
    private final PreparedStatement statement;

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    public SelectResults(CqlSession session, String keyspace) {
        this.session = session;
        this.statement = session.prepare("SELECT * FROM " + keyspace + ".results WHERE tenant_id = :tenant_id"
                + " AND entity_id = :entity_id AND check_id = :check_id AND zone_id = :zone_id AND day = :day"
                + " AND timestamp >= :earliest AND timestamp < :end");
    }

    /**
     * The results of a series from {@code from} to right before {@code until}, newest first.
     *
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra does not answer; calling again is safe
     */
    public List<CheckResult> between(Series series, Instant from, Instant until) {
        List<CheckResult> results = new ArrayList<>();
        List<LocalDate> days = new ArrayList<>(Bucket.DAY.between(from, until));
        Collections.reverse(days);
        for (LocalDate day : days) {
            session.execute(statement
                            .boundStatementBuilder()
                            .setString("tenant_id", series.check().tenantId())
                            .setString("entity_id", series.check().entityId())
                            .setString("check_id", series.check().checkId())
                            .setString("zone_id", series.zoneId())
                            .setLocalDate("day", day)
                            .setInstant("earliest", from)
                            .setInstant("end", until)
                            .build())
                    .forEach(row -> results.add(result(row)));
        }
        return results;
    }

    private static CheckResult result(Row row) {
        String zoneId = row.getString("zone_id");
        String failure = row.getString("failure");
        return CheckResult.newBuilder()
                .setResultId(row.getString("result_id"))
                .setTenantId(row.getString("tenant_id"))
                .setEntityId(row.getString("entity_id"))
                .setCheckId(row.getString("check_id"))
                .setCheckType(row.getString("check_type"))
                .setZoneId("".equals(zoneId) ? null : zoneId)
                .setCollectorId(row.getString("collector_id"))
                .setTimestamp(row.getInstant("timestamp"))
                .setReceivedAt(row.getInstant("received_at"))
                .setAvailable(row.getBoolean("available"))
                .setStatus(row.getString("status"))
                .setFailure(failure == null ? null : FailureKind.valueOf(failure))
                .setMetrics(metrics(row))
                .build();
    }

    private static Map<String, Metric> metrics(Row row) {
        Map<String, String> units = map(row, "units", String.class);
        Map<String, Metric> metrics = new HashMap<>();
        collect(map(row, "longs", Long.class), units, metrics);
        collect(map(row, "doubles", Double.class), units, metrics);
        collect(map(row, "texts", String.class), units, metrics);
        collect(map(row, "booleans", Boolean.class), units, metrics);
        return metrics;
    }

    private static void collect(Map<String, ?> values, Map<String, String> units, Map<String, Metric> into) {
        values.forEach((name, value) -> into.put(name, new Metric(value, units.get(name))));
    }

    /** The driver gives an empty map for a column that was never set. */
    private static <T> Map<String, T> map(Row row, String column, Class<T> type) {
        Map<String, T> values = row.getMap(column, String.class, type);
        return values == null ? Map.of() : values;
    }
}
