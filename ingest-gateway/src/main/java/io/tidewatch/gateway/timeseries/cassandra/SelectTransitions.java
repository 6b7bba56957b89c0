package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.schema.State;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads transitions: of an alarm out of its own table, of a tenant or an entity out of that of tenants. */
final class SelectTransitions {
    private static final String COLUMNS =
            "event_id, timestamp, entity_id, check_id, alarm_id, state, previous_state, status, zone_id";

    private final SelectOfTenant<StoredTransition> ofTenant;
    private final SelectByTime<StoredTransition> ofAlarm;

    SelectTransitions(CqlSession session, String keyspace) {
        ofTenant = new SelectOfTenant<>(
                session,
                COLUMNS,
                keyspace + "." + CassandraSchema.TRANSITIONS_BY_TENANT,
                row -> Optional.of(transition(row)));
        ofAlarm = new SelectByTime<>(
                session,
                new SelectByTime.Selection(
                        COLUMNS,
                        keyspace + "." + CassandraSchema.TRANSITIONS_BY_ALARM,
                        "timestamp",
                        SelectOfTenant.OF_ALARM,
                        ""),
                Bucket.YEAR,
                () -> row -> Optional.of(transition(row)));
    }

    List<Supplier<CompletionStage<List<StoredTransition>>>> in(TransitionRange range) {
        return range.alarmId().isPresent() ? ofAlarm.in(range, SelectOfTenant.key(range)) : ofTenant.in(range);
    }

    private static StoredTransition transition(Row row) {
        return new StoredTransition(
                row.getString("event_id"),
                row.getInstant("timestamp"),
                row.getString("entity_id"),
                row.getString("check_id"),
                row.getString("alarm_id"),
                State.valueOf(row.getString("state")),
                State.valueOf(row.getString("previous_state")),
                row.getString("status"),
                Optional.ofNullable(row.getString("zone_id")).filter(zone -> !zone.isEmpty()));
    }
}
