package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Writes a rollup as a row of its resolution's table. */
final class InsertRollup extends CassandraInsert<MetricRollup> {
    private final Map<Resolution, PreparedStatement> statements = new EnumMap<>(Resolution.class);

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertRollup(CqlSession session, String keyspace) {
        super(session);
        for (Resolution resolution : Resolution.values()) {
            statements.put(resolution, prepare(session, keyspace + "." + CassandraSchema.rollupTable(resolution)));
        }
    }

    @Override
    public String table() {
        return "rollups";
    }

    /**
     * @throws BadRecordException when the rollup's resolution is none of ours
     */
    @Override
    public BoundStatement of(Consumed<MetricRollup> record) {
        MetricRollup rollup = record.present();
        Resolution resolution = Resolution.ofMinutes(rollup.getResolutionMinutes())
                .orElseThrow(() -> new BadRecordException(
                        "There is no table for rollups of " + rollup.getResolutionMinutes() + " minutes"));
        return bind(rollup, resolution);
    }

    /** The row's write time. A window only ever gains values, so that the count tells a correction from what it corrects. */
    static long writeTimeMicros(MetricRollup rollup) {
        return TimeUnit.MILLISECONDS.toMicros(rollup.getWindowStart().toEpochMilli()) + rollup.getCount();
    }

    /** Columns without a value stay unset: to write null would leave a tombstone. */
    private BoundStatement bind(MetricRollup rollup, Resolution resolution) {
        BoundStatementBuilder row = Objects.requireNonNull(statements.get(resolution))
                .boundStatementBuilder()
                .setString("tenant_id", rollup.getTenantId())
                .setString("entity_id", rollup.getEntityId())
                .setString("check_id", rollup.getCheckId())
                .setString("zone_id", Objects.requireNonNullElse(rollup.getZoneId(), ""))
                .setLocalDate("bucket", resolution.bucket().of(rollup.getWindowStart()))
                .setString("metric", rollup.getMetric())
                .setInstant("window_start", rollup.getWindowStart())
                .setLong("count", rollup.getCount())
                .setDouble("sum", rollup.getSum())
                .setDouble("min", rollup.getMin())
                .setDouble("max", rollup.getMax())
                .setDouble("mean", rollup.getMean())
                .setDouble("variance", rollup.getVariance())
                .setDouble("first", rollup.getFirst())
                .setInstant("first_at", rollup.getFirstAt())
                .setDouble("last", rollup.getLast())
                .setInstant("last_at", rollup.getLastAt())
                .setLong("write_time_micros", writeTimeMicros(rollup));
        if (rollup.getUnit() != null) {
            row = row.setString("unit", rollup.getUnit());
        }
        if (rollup.getSketch() != null) {
            row = row.setByteBuffer("sketch", rollup.getSketch());
        }
        return row.build();
    }

    private static PreparedStatement prepare(CqlSession session, String table) {
        return session.prepare("INSERT INTO " + table
                + " (tenant_id, entity_id, check_id, zone_id, bucket, metric, window_start, unit, count, sum, min, max,"
                + " mean, variance, first, first_at, last, last_at, sketch)"
                + " VALUES (:tenant_id, :entity_id, :check_id, :zone_id, :bucket, :metric, :window_start, :unit, :count, :sum,"
                + " :min, :max, :mean, :variance, :first, :first_at, :last, :last_at, :sketch)"
                + " USING TIMESTAMP :write_time_micros");
    }
}
