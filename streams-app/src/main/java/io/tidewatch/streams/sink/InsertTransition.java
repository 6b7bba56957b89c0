package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.tidewatch.criteria.CanonicalForm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.ZoneObservation;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes a transition as a row of one of the two tables of transitions, which differ in their partitions only. */
final class InsertTransition extends CassandraInsert<AlertEvent> {
    private static final TupleType OBSERVATION =
            DataTypes.tupleOf(DataTypes.TEXT, DataTypes.TEXT, DataTypes.TEXT, DataTypes.TIMESTAMP);

    private final String table;
    private final Bucket bucket;
    private final PreparedStatement statement;

    private InsertTransition(CqlSession session, String keyspace, String table, Bucket bucket) {
        super(session);
        this.table = table;
        this.bucket = bucket;
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + table
                + " (tenant_id, bucket, timestamp, event_id, entity_id, check_id, alarm_id, state, previous_state, status,"
                + " zone_id, observations, metrics, entity_label, check_label, alarm_label, notification_plan_id)"
                + " VALUES (:tenant_id, :bucket, :timestamp, :event_id, :entity_id, :check_id, :alarm_id, :state,"
                + " :previous_state, :status, :zone_id, :observations, :metrics, :entity_label, :check_label, :alarm_label,"
                + " :notification_plan_id) USING TIMESTAMP :write_time_micros");
    }

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    static InsertTransition byAlarm(CqlSession session, String keyspace) {
        return new InsertTransition(session, keyspace, CassandraSchema.TRANSITIONS_BY_ALARM, Bucket.YEAR);
    }

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    static InsertTransition byTenant(CqlSession session, String keyspace) {
        return new InsertTransition(session, keyspace, CassandraSchema.TRANSITIONS_BY_TENANT, Bucket.DAY);
    }

    @Override
    public String table() {
        return table;
    }

    @Override
    public BoundStatement of(Consumed<AlertEvent> record) {
        return bind(record.present());
    }

    private BoundStatement bind(AlertEvent event) {
        BoundStatementBuilder row = statement
                .boundStatementBuilder()
                .setString("tenant_id", event.getTenantId())
                .setLocalDate("bucket", bucket.of(event.getTimestamp()))
                .setInstant("timestamp", event.getTimestamp())
                .setString("event_id", event.getEventId())
                .setString("entity_id", event.getEntityId())
                .setString("check_id", event.getCheckId())
                .setString("alarm_id", event.getAlarmId())
                .setString("state", event.getState().name())
                .setString("previous_state", event.getPreviousState().name())
                .setString("status", event.getStatus())
                .setList("observations", observations(event), TupleValue.class)
                .setMap("metrics", metrics(event), String.class, String.class)
                .setLong(
                        "write_time_micros",
                        TimeUnit.MILLISECONDS.toMicros(event.getTimestamp().toEpochMilli()));
        row = setIfPresent(row, "zone_id", event.getZoneId());
        row = setIfPresent(row, "entity_label", event.getEntityLabel());
        row = setIfPresent(row, "check_label", event.getCheckLabel());
        row = setIfPresent(row, "alarm_label", event.getAlarmLabel());
        return setIfPresent(row, "notification_plan_id", event.getNotificationPlanId())
                .build();
    }

    /** Columns without a value stay unset: to write null would leave a tombstone. */
    private static BoundStatementBuilder setIfPresent(
            BoundStatementBuilder row, String column, @Nullable String value) {
        return value == null ? row : row.setString(column, value);
    }

    private static List<TupleValue> observations(AlertEvent event) {
        return event.getObservations().stream()
                .map(InsertTransition::observation)
                .toList();
    }

    private static TupleValue observation(ZoneObservation seen) {
        return OBSERVATION
                .newValue()
                .setString(0, seen.getZoneId())
                .setString(1, seen.getState().name())
                .setString(2, seen.getStatus())
                .setInstant(3, seen.getTimestamp());
    }

    private static Map<String, String> metrics(AlertEvent event) {
        Map<String, String> metrics = new TreeMap<>();
        event.getMetrics().forEach((name, metric) -> metrics.put(name, CanonicalForm.of(metric.getValue())));
        return metrics;
    }
}
