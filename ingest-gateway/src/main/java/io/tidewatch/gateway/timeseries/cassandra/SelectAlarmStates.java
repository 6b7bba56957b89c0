package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import io.tidewatch.gateway.timeseries.StoredAlarmState;
import io.tidewatch.schema.State;
import io.tidewatch.timeseries.CassandraSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads {@code alarm_states} of some entities of a tenant. */
final class SelectAlarmStates {
    /** Of one read, so that a page of a thousand entities is ten reads side by side. */
    private static final int ENTITIES_A_READ = 100;

    private static final int ZONE_ID = 0;
    private static final int OBSERVED_AT = 6;

    private final CqlSession session;
    private final PreparedStatement statement;

    SelectAlarmStates(CqlSession session, String keyspace) {
        this.session = session;
        this.statement = session.prepare(
                "SELECT entity_id, alarm_id, check_id, state, previous_state, status, timestamp, zones FROM " + keyspace
                        + "." + CassandraSchema.ALARM_STATES
                        + " WHERE tenant_id = :tenant_id AND entity_id IN :entity_ids");
    }

    List<Supplier<CompletionStage<List<StoredAlarmState>>>> of(String tenantId, Collection<String> entityIds) {
        List<String> ids = List.copyOf(entityIds);
        List<Supplier<CompletionStage<List<StoredAlarmState>>>> reads = new ArrayList<>();
        for (int begin = 0; begin < ids.size(); begin += ENTITIES_A_READ) {
            List<String> some = ids.subList(begin, Math.min(ids.size(), begin + ENTITIES_A_READ));
            reads.add(new PartitionRead<>(
                    session,
                    statement
                            .boundStatementBuilder()
                            .setString("tenant_id", tenantId)
                            .setList("entity_ids", some, String.class)
                            .build(),
                    row -> Optional.of(state(row)),
                    Integer.MAX_VALUE));
        }
        return reads;
    }

    private static StoredAlarmState state(Row row) {
        Instant timestamp = row.getInstant("timestamp");
        return new StoredAlarmState(
                row.getString("entity_id"),
                row.getString("alarm_id"),
                row.getString("check_id"),
                State.valueOf(row.getString("state")),
                State.valueOf(row.getString("previous_state")),
                row.getString("status"),
                timestamp,
                zoneOf(row, timestamp));
    }

    private static Optional<String> zoneOf(Row row, Instant timestamp) {
        List<TupleValue> zones = row.getList("zones", TupleValue.class);
        return zones == null
                ? Optional.empty()
                : zones.stream()
                        .filter(zone -> timestamp.equals(zone.getInstant(OBSERVED_AT)))
                        // Null for an agent's check.
                        .flatMap(zone -> Stream.ofNullable(zone.getString(ZONE_ID)))
                        .findFirst();
    }
}
