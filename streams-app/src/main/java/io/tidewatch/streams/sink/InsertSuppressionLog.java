package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;

/**
 * Writes that a transition was withheld from somebody as a row of {@code suppression_logs}. Those from whom it was withheld at the
 * same time share the row.
 */
final class InsertSuppressionLog extends CassandraInsert<DeliveryAttempt> {
    private final PreparedStatement statement;

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertSuppressionLog(CqlSession session, String keyspace) {
        super(session);
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + CassandraSchema.SUPPRESSION_LOGS
                + " (tenant_id, bucket, timestamp, event_id, entity_id, check_id, alarm_id, notification_plan_id, state,"
                + " previous_state, status, reason)"
                + " VALUES (:tenant_id, :bucket, :timestamp, :event_id, :entity_id, :check_id, :alarm_id,"
                + " :notification_plan_id, :state, :previous_state, :status, :reason)"
                + " USING TIMESTAMP :write_time_micros");
    }

    @Override
    public String table() {
        return CassandraSchema.SUPPRESSION_LOGS;
    }

    /** Most attempts are of something that was sent. Of a record without a value, the insert of attempts complains. */
    @Override
    public boolean isKnown(Consumed<DeliveryAttempt> record) {
        DeliveryAttempt attempt = record.value();
        return attempt == null || attempt.getAlarmId().isEmpty() || attempt.getResult() != AttemptResult.SUPPRESSED;
    }

    @Override
    public BoundStatement of(Consumed<DeliveryAttempt> record) {
        return bind(record.present());
    }

    private BoundStatement bind(DeliveryAttempt attempt) {
        BoundStatementBuilder row = statement
                .boundStatementBuilder()
                .setString("tenant_id", attempt.getTenantId())
                .setLocalDate("bucket", Bucket.DAY.of(attempt.getTimestamp()))
                .setInstant("timestamp", attempt.getTimestamp())
                .setString("event_id", attempt.getEventId())
                .setString("entity_id", attempt.getEntityId())
                .setString("check_id", attempt.getCheckId())
                .setString("alarm_id", attempt.getAlarmId())
                .setString("state", attempt.getState().name())
                .setString("previous_state", attempt.getPreviousState().name())
                .setString("status", attempt.getStatus())
                .setString("reason", attempt.getReason())
                .setLong("write_time_micros", InsertAttempt.writeTimeMicros(attempt));
        if (attempt.getNotificationPlanId() != null) {
            row = row.setString("notification_plan_id", attempt.getNotificationPlanId());
        }
        return row.build();
    }
}
