package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.concurrent.TimeUnit;

/** Writes an attempt to tell somebody of a transition as a row of {@code attempts_by_alarm}. */
final class InsertAttempt extends CassandraInsert<DeliveryAttempt> {
    private final PreparedStatement statement;

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertAttempt(CqlSession session, String keyspace) {
        super(session);
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + CassandraSchema.ATTEMPTS_BY_ALARM
                + " (tenant_id, entity_id, alarm_id, bucket, event_timestamp, event_id, timestamp, delivery_id, attempt,"
                + " notification_id, notification_type, notification_plan_id, check_id, kind, incident, state,"
                + " previous_state, status, result, reason, not_before, sent_from, took_ms, digest_id)"
                + " VALUES (:tenant_id, :entity_id, :alarm_id, :bucket, :event_timestamp, :event_id, :timestamp,"
                + " :delivery_id, :attempt, :notification_id, :notification_type, :notification_plan_id, :check_id, :kind,"
                + " :incident, :state, :previous_state, :status, :result, :reason, :not_before, :sent_from, :took_ms,"
                + " :digest_id)"
                + " USING TIMESTAMP :write_time_micros");
    }

    @Override
    public String table() {
        return CassandraSchema.ATTEMPTS_BY_ALARM;
    }

    /** What is of no alarm has no row here: a test of a notification, or a digest, whose alarms have records of their own. */
    @Override
    public boolean isKnown(Consumed<DeliveryAttempt> record) {
        DeliveryAttempt attempt = record.value();
        return attempt != null && (attempt.getAlarmId().isEmpty() || attempt.getKind() == MessageKind.TEST);
    }

    /**
     * The write time of an attempt's rows. Where two attempts share a row, the hash of what they may differ in decides for one of
     * them, the same one in every replay, so that the row is never a mixture of cells.
     */
    static long writeTimeMicros(DeliveryAttempt attempt) {
        int difference = (attempt.getResult().name() + attempt.getReason()).hashCode();
        return TimeUnit.MILLISECONDS.toMicros(attempt.getTimestamp().toEpochMilli()) + Math.floorMod(difference, 1000);
    }

    @Override
    public BoundStatement of(Consumed<DeliveryAttempt> record) {
        return bind(record.present());
    }

    /** Columns without a value stay unset: to write null would leave a tombstone. */
    private BoundStatement bind(DeliveryAttempt attempt) {
        BoundStatementBuilder row = statement
                .boundStatementBuilder()
                .setString("tenant_id", attempt.getTenantId())
                .setString("entity_id", attempt.getEntityId())
                .setString("alarm_id", attempt.getAlarmId())
                .setLocalDate("bucket", Bucket.DAY.of(attempt.getEventTimestamp()))
                .setInstant("event_timestamp", attempt.getEventTimestamp())
                .setString("event_id", attempt.getEventId())
                .setInstant("timestamp", attempt.getTimestamp())
                .setString("delivery_id", attempt.getDeliveryId())
                .setInt("attempt", attempt.getAttempt())
                .setString("notification_id", attempt.getNotificationId())
                .setString("notification_type", attempt.getNotificationType())
                .setString("check_id", attempt.getCheckId())
                .setLong("incident", attempt.getIncident())
                .setString("state", attempt.getState().name())
                .setString("previous_state", attempt.getPreviousState().name())
                .setString("status", attempt.getStatus())
                .setString("result", attempt.getResult().name())
                .setString("reason", attempt.getReason())
                .setString("sent_from", attempt.getFrom())
                .setLong("took_ms", attempt.getTookMs())
                .setLong("write_time_micros", writeTimeMicros(attempt));
        if (attempt.getNotificationPlanId() != null) {
            row = row.setString("notification_plan_id", attempt.getNotificationPlanId());
        }
        if (attempt.getDigestId() != null) {
            row = row.setString("digest_id", attempt.getDigestId());
        }
        if (attempt.getKind() != null) {
            row = row.setString("kind", attempt.getKind().name());
        }
        if (attempt.getNotBefore() != null) {
            row = row.setInstant("not_before", attempt.getNotBefore());
        }
        return row.build();
    }
}
