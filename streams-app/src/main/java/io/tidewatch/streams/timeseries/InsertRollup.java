package io.tidewatch.streams.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.streams.intake.BadRecordException;
import io.tidewatch.streams.rollup.Resolution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Writes a rollup of one resolution as a row of that resolution's table. */
final class InsertRollup implements Insert<MetricRollup> {
    private final CqlSession session;
    private final Resolution resolution;
    private final PreparedStatement statement;

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertRollup(CqlSession session, String keyspace, Resolution resolution) {
        this.session = session;
        this.resolution = resolution;
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + CassandraSchema.rollupTable(resolution)
                + " (tenant_id, entity_id, check_id, zone_id, metric, month, window_start, unit, count, sum, min, max,"
                + " mean, variance, first, first_at, last, last_at, sketch)"
                + " VALUES (:tenant_id, :entity_id, :check_id, :zone_id, :metric, :month, :window_start, :unit, :count, :sum,"
                + " :min, :max, :mean, :variance, :first, :first_at, :last, :last_at, :sketch)"
                + " USING TIMESTAMP :write_time_micros");
    }

    @Override
    public String table() {
        return CassandraSchema.rollupTable(resolution);
    }

    /**
     * @throws BadRecordException when the rollup is of another resolution
     */
    @Override
    public Write of(MetricRollup rollup) {
        if (rollup.getResolutionMinutes() != resolution.minutes()) {
            throw new BadRecordException(
                    "There is no table for rollups of " + rollup.getResolutionMinutes() + " minutes");
        }
        BoundStatement bound = bind(rollup);
        return () -> session.executeAsync(bound);
    }

    /** The bucket of the partition key: the first day of the month. */
    static LocalDate month(Instant windowStart) {
        return LocalDate.ofInstant(windowStart, ZoneOffset.UTC).withDayOfMonth(1);
    }

    /** The row's write time. A window only ever gains values, so that the count tells a correction from what it corrects. */
    static long writeTimeMicros(MetricRollup rollup) {
        return TimeUnit.MILLISECONDS.toMicros(rollup.getWindowStart().toEpochMilli()) + rollup.getCount();
    }

    /** Columns without a value stay unset: to write null would leave a tombstone. */
    private BoundStatement bind(MetricRollup rollup) {
        BoundStatementBuilder row = statement
                .boundStatementBuilder()
                .setString("tenant_id", rollup.getTenantId())
                .setString("entity_id", rollup.getEntityId())
                .setString("check_id", rollup.getCheckId())
                .setString("zone_id", Objects.requireNonNullElse(rollup.getZoneId(), ""))
                .setString("metric", rollup.getMetric())
                .setLocalDate("month", month(rollup.getWindowStart()))
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
}
