package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.schema.TextChange;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Writes a change of a text metric as a row of {@code texts}. */
final class InsertText extends CassandraInsert<TextChange> {
    private final PreparedStatement statement;

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertText(CqlSession session, String keyspace) {
        super(session);
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + CassandraSchema.TEXTS
                + " (tenant_id, entity_id, check_id, zone_id, bucket, metric, timestamp, value)"
                + " VALUES (:tenant_id, :entity_id, :check_id, :zone_id, :bucket, :metric, :timestamp, :value)"
                + " USING TIMESTAMP :write_time_micros");
    }

    @Override
    public String table() {
        return CassandraSchema.TEXTS;
    }

    @Override
    public BoundStatement of(Consumed<TextChange> record) {
        TextChange change = record.present();
        return statement
                .boundStatementBuilder()
                .setString("tenant_id", change.getTenantId())
                .setString("entity_id", change.getEntityId())
                .setString("check_id", change.getCheckId())
                .setString("zone_id", Objects.requireNonNullElse(change.getZoneId(), ""))
                .setLocalDate("bucket", Bucket.WEEK.of(change.getTimestamp()))
                .setString("metric", change.getMetric())
                .setInstant("timestamp", change.getTimestamp())
                .setString("value", change.getValue())
                .setLong(
                        "write_time_micros",
                        TimeUnit.MILLISECONDS.toMicros(change.getTimestamp().toEpochMilli()))
                .build();
    }
}
