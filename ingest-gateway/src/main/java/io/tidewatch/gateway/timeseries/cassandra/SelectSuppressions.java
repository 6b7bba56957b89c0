package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredSuppression;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.schema.State;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads what was withheld. */
final class SelectSuppressions {
    private static final String COLUMNS =
            "event_id, timestamp, entity_id, check_id, alarm_id, notification_plan_id, state,"
                    + " previous_state, status, reason";

    private final SelectOfTenant<StoredSuppression> ofTenant;

    SelectSuppressions(CqlSession session, String keyspace) {
        ofTenant = new SelectOfTenant<>(
                session,
                COLUMNS,
                keyspace + "." + CassandraSchema.SUPPRESSION_LOGS,
                row -> Optional.of(suppression(row)));
    }

    List<Supplier<CompletionStage<List<StoredSuppression>>>> in(TransitionRange range) {
        return ofTenant.in(range);
    }

    private static StoredSuppression suppression(Row row) {
        return new StoredSuppression(
                row.getString("event_id"),
                row.getInstant("timestamp"),
                row.getString("entity_id"),
                row.getString("check_id"),
                row.getString("alarm_id"),
                Optional.ofNullable(row.getString("notification_plan_id")),
                State.valueOf(row.getString("state")),
                State.valueOf(row.getString("previous_state")),
                row.getString("status"),
                row.getString("reason"));
    }
}
