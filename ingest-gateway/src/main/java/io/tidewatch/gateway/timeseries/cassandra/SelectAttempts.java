package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads attempts to tell somebody of an alarm's transitions. */
final class SelectAttempts {
    private static final String COLUMNS = "event_timestamp, event_id, timestamp, delivery_id, attempt, notification_id,"
            + " notification_type, notification_plan_id, check_id, kind, incident, state, previous_state, status, result,"
            + " reason, not_before, sent_from, took_ms, digest_id";

    private final SelectByTime<StoredAttempt> ofAlarm;
    private final SelectByTime<StoredAttempt> ofCheck;

    SelectAttempts(CqlSession session, String keyspace) {
        String table = keyspace + "." + CassandraSchema.ATTEMPTS_BY_ALARM;
        ofAlarm = select(session, table, SelectOfTenant.OF_ALARM, "");
        ofCheck = select(
                session, table, SelectOfTenant.OF_ALARM + " AND check_id = :check_id", SelectOfTenant.PICKED_OUT);
    }

    private static SelectByTime<StoredAttempt> select(
            CqlSession session, String table, String condition, String options) {
        return new SelectByTime<>(
                session,
                new SelectByTime.Selection(COLUMNS, table, "event_timestamp", condition, options),
                Bucket.DAY,
                NewestOfTransition::new);
    }

    /** @param range of one alarm, with a limit of attempts */
    List<Supplier<CompletionStage<List<StoredAttempt>>>> in(TransitionRange range, Optional<String> checkId) {
        Map<String, String> key = SelectOfTenant.key(range);
        checkId.ifPresent(id -> key.put("check_id", id));
        return (checkId.isPresent() ? ofCheck : ofAlarm).in(range, key);
    }

    /** Passes over what is too much of one transition, whose rows come one after the other. One for each read. */
    private static final class NewestOfTransition implements Function<Row, Optional<StoredAttempt>> {
        private String eventId = "";
        private int seen;

        @Override
        public Optional<StoredAttempt> apply(Row row) {
            StoredAttempt attempt = attempt(row);
            if (!attempt.transition().eventId().equals(eventId)) {
                eventId = attempt.transition().eventId();
                seen = 0;
            }
            seen++;
            return Optional.of(attempt).filter(unused -> seen <= TimeSeries.MAX_ATTEMPTS_OF_A_TRANSITION);
        }
    }

    private static StoredAttempt attempt(Row row) {
        return new StoredAttempt(
                new StoredAttempt.Transition(
                        row.getString("event_id"),
                        row.getInstant("event_timestamp"),
                        row.getString("check_id"),
                        State.valueOf(row.getString("state")),
                        State.valueOf(row.getString("previous_state")),
                        row.getString("status")),
                Optional.ofNullable(row.getString("notification_plan_id")),
                row.getString("notification_id"),
                row.getString("notification_type"),
                row.getString("delivery_id"),
                Optional.ofNullable(row.getString("digest_id")),
                Optional.ofNullable(row.getString("kind")).map(MessageKind::valueOf),
                row.getLong("incident"),
                row.getInt("attempt"),
                AttemptResult.valueOf(row.getString("result")),
                row.getString("reason"),
                Optional.ofNullable(row.getInstant("not_before")),
                row.getString("sent_from"),
                row.getInstant("timestamp"),
                row.getLong("took_ms"));
    }
}
