package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.TupleType;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.ZoneState;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the newest state of an alarm as its row of {@code alarm_states}, or deletes the row of a deleted alarm. Of two
 * records of one alarm the later one stands, whoever writes it and when: the write time is the record's offset, counted from
 * the {@linkplain TopicBase base} of its topic. Every column is written each time, so that none of an older state is left.
 */
final class InsertAlarmState extends CassandraInsert<AlarmState> {
    private static final TupleType ZONE = DataTypes.tupleOf(
            DataTypes.TEXT,
            DataTypes.TEXT,
            DataTypes.INT,
            DataTypes.TEXT,
            DataTypes.BOOLEAN,
            DataTypes.TEXT,
            DataTypes.TIMESTAMP);
    private static final int KEY_SEGMENTS = 3;

    /** Null would leave a tombstone in each row, and a thousand alarms of a tenant a warning in the log with each read. */
    private static final String NOT_DISABLED = "";

    private final long baseMicros;
    private final PreparedStatement upsert;
    private final PreparedStatement delete;

    /**
     * @param baseMicros the write time of the topic's record at offset 0
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    InsertAlarmState(CqlSession session, String keyspace, long baseMicros) {
        super(session);
        this.baseMicros = baseMicros;
        String table = keyspace + "." + CassandraSchema.ALARM_STATES;
        this.upsert = session.prepare("INSERT INTO " + table
                + " (tenant_id, entity_id, alarm_id, check_id, state, previous_state, since, status, timestamp, zones,"
                + " disabled_reason) VALUES (:tenant_id, :entity_id, :alarm_id, :check_id, :state, :previous_state, :since,"
                + " :status, :timestamp, :zones, :disabled_reason) USING TIMESTAMP :write_time_micros");
        this.delete = session.prepare("DELETE FROM " + table + " USING TIMESTAMP :write_time_micros"
                + " WHERE tenant_id = :tenant_id AND entity_id = :entity_id AND alarm_id = :alarm_id");
    }

    @Override
    public String table() {
        return CassandraSchema.ALARM_STATES;
    }

    /**
     * @throws BadRecordException when the key of a deletion does not name an alarm
     */
    @Override
    public BoundStatement of(Consumed<AlarmState> record) {
        long writeTimeMicros = baseMicros + record.offset();
        AlarmState state = record.value();
        return state == null ? deletion(record.key(), writeTimeMicros) : row(state, writeTimeMicros);
    }

    private BoundStatement deletion(@Nullable String key, long writeTimeMicros) {
        String[] segments = key == null ? new String[0] : key.split("/", -1);
        if (segments.length != KEY_SEGMENTS) {
            throw new BadRecordException("The key of a deleted alarm is not tenant/entity/alarm");
        }
        return delete.boundStatementBuilder()
                .setString("tenant_id", segments[0])
                .setString("entity_id", segments[1])
                .setString("alarm_id", segments[2])
                .setLong("write_time_micros", writeTimeMicros)
                .build();
    }

    private BoundStatement row(AlarmState state, long writeTimeMicros) {
        return upsert.boundStatementBuilder()
                .setString("tenant_id", state.getTenantId())
                .setString("entity_id", state.getEntityId())
                .setString("alarm_id", state.getAlarmId())
                .setString("check_id", state.getCheckId())
                .setString("state", state.getState().name())
                .setString("previous_state", state.getPreviousState().name())
                .setInstant("since", state.getSince())
                .setString("status", state.getStatus())
                .setInstant("timestamp", state.getTimestamp())
                .setList("zones", zones(state), TupleValue.class)
                .setString("disabled_reason", Objects.requireNonNullElse(state.getDisabledReason(), NOT_DISABLED))
                .setLong("write_time_micros", writeTimeMicros)
                .build();
    }

    private static List<TupleValue> zones(AlarmState state) {
        return state.getZones().stream().map(InsertAlarmState::zone).toList();
    }

    private static TupleValue zone(ZoneState zone) {
        return ZONE.newValue()
                .setString(0, zone.getZoneId())
                .setString(1, zone.getRunState().name())
                .setInt(2, zone.getRunLength())
                .setString(3, zone.getVote().name())
                .setBoolean(4, zone.getFresh())
                .setString(5, zone.getStatus())
                .setInstant(6, zone.getTimestamp());
    }
}
