package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Writes a check result as a row of {@code results}. */
final class InsertResult extends CassandraInsert<CheckResult> {
    // The driver would find the same ones by itself, but works out a map's type anew for each value.
    private static final TypeCodec<Map<String, Long>> LONGS = TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.BIGINT);
    private static final TypeCodec<Map<String, Double>> DOUBLES = TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.DOUBLE);
    private static final TypeCodec<Map<String, String>> TEXTS = TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.TEXT);
    private static final TypeCodec<Map<String, Boolean>> BOOLEANS =
            TypeCodecs.mapOf(TypeCodecs.TEXT, TypeCodecs.BOOLEAN);

    private final PreparedStatement statement;

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertResult(CqlSession session, String keyspace) {
        super(session);
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + CassandraSchema.RESULTS
                + " (tenant_id, entity_id, check_id, zone_id, day, timestamp, result_id, check_type, collector_id,"
                + " received_at, available, status, failure, longs, doubles, texts, booleans, units)"
                + " VALUES (:tenant_id, :entity_id, :check_id, :zone_id, :day, :timestamp, :result_id, :check_type,"
                + " :collector_id, :received_at, :available, :status, :failure, :longs, :doubles, :texts, :booleans, :units)"
                + " USING TIMESTAMP :write_time_micros");
    }

    @Override
    public String table() {
        return CassandraSchema.RESULTS;
    }

    @Override
    public BoundStatement of(Consumed<CheckResult> record) {
        return bind(record.present());
    }

    /**
     * The row's write time. Two results of one series with the same timestamp, from two collectors perhaps, share a row; the
     * id's hash decides for one of them, the same one in every replay, so that the row is never a mixture of cells.
     */
    static long writeTimeMicros(CheckResult result) {
        return TimeUnit.MILLISECONDS.toMicros(result.getTimestamp().toEpochMilli())
                + Math.floorMod(result.getResultId().hashCode(), 1000);
    }

    /** Columns without a value stay unset: to write null would leave a tombstone. */
    private BoundStatement bind(CheckResult result) {
        BoundStatementBuilder row = statement
                .boundStatementBuilder()
                .setString("tenant_id", result.getTenantId())
                .setString("entity_id", result.getEntityId())
                .setString("check_id", result.getCheckId())
                .setString("zone_id", Objects.requireNonNullElse(result.getZoneId(), ""))
                .setLocalDate("day", Bucket.DAY.of(result.getTimestamp()))
                .setInstant("timestamp", result.getTimestamp())
                .setString("result_id", result.getResultId())
                .setString("check_type", result.getCheckType())
                .setString("collector_id", result.getCollectorId())
                .setBoolean("available", result.getAvailable())
                .setString("status", result.getStatus())
                .setLong("write_time_micros", writeTimeMicros(result));
        if (result.getReceivedAt() != null) {
            row = row.setInstant("received_at", result.getReceivedAt());
        }
        if (result.getFailure() != null) {
            row = row.setString("failure", result.getFailure().name());
        }
        row = setMetrics(row, "longs", result.getMetrics(), Long.class, LONGS);
        row = setMetrics(row, "doubles", result.getMetrics(), Double.class, DOUBLES);
        row = setMetrics(row, "texts", result.getMetrics(), String.class, TEXTS);
        row = setMetrics(row, "booleans", result.getMetrics(), Boolean.class, BOOLEANS);
        return setUnits(row, result.getMetrics()).build();
    }

    private static <T> BoundStatementBuilder setMetrics(
            BoundStatementBuilder row,
            String column,
            Map<String, Metric> metrics,
            Class<T> type,
            TypeCodec<Map<String, T>> codec) {
        Map<String, T> values = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (type.isInstance(metric.getValue())) {
                values.put(name, type.cast(metric.getValue()));
            }
        });
        return values.isEmpty() ? row : row.set(column, values, codec);
    }

    private static BoundStatementBuilder setUnits(BoundStatementBuilder row, Map<String, Metric> metrics) {
        Map<String, String> units = new TreeMap<>();
        metrics.forEach((name, metric) -> {
            if (metric.getUnit() != null) {
                units.put(name, metric.getUnit());
            }
        });
        return units.isEmpty() ? row : row.set("units", units, TEXTS);
    }
}
