package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.gateway.timeseries.TransitionRange.Order;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import io.tidewatch.schema.State;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads transitions: of an alarm out of its own table, of a tenant or an entity out of that of tenants. An entity's are picked
 * out by Cassandra, which looks through no more of a day than the page needs.
 */
final class SelectTransitions {
    private static final String OF_TENANT = "tenant_id = :tenant_id AND bucket = :bucket";
    private static final String OF_ENTITY = OF_TENANT + " AND entity_id = :entity_id";
    private static final String OF_ALARM = OF_ENTITY + " AND alarm_id = :alarm_id";

    private final CqlSession session;
    private final Statements ofTenant;
    private final Statements ofEntity;
    private final Statements ofAlarm;

    SelectTransitions(CqlSession session, String keyspace) {
        this.session = session;
        String byTenant = keyspace + "." + CassandraSchema.TRANSITIONS_BY_TENANT;
        ofTenant = new Statements(session, byTenant, OF_TENANT, "");
        ofEntity = new Statements(session, byTenant, OF_ENTITY, " ALLOW FILTERING");
        ofAlarm = new Statements(session, keyspace + "." + CassandraSchema.TRANSITIONS_BY_ALARM, OF_ALARM, "");
    }

    /**
     * A read for each bucket in the range's order, and before them one for the rest of the millisecond it starts in. The statement
     * of each is made when its turn comes.
     */
    List<Supplier<CompletionStage<List<StoredTransition>>>> in(TransitionRange range) {
        List<Supplier<CompletionStage<List<StoredTransition>>>> reads = new ArrayList<>();
        range.start().ifPresent(start -> reads.add(() -> restOfMillisecond(range, start)));
        Instant from = from(range);
        Instant until = until(range);
        List<LocalDate> buckets = new ArrayList<>(bucket(range).between(from, until));
        if (range.order() == Order.NEWEST_FIRST) {
            Collections.reverse(buckets);
        }
        for (LocalDate bucket : buckets) {
            reads.add(() -> read(
                    range,
                    bind(statements(range).between(range.order()), range, bucket)
                            .setInstant("earliest", from)
                            .setInstant("until", until)));
        }
        return reads;
    }

    private static Instant from(TransitionRange range) {
        return range.start()
                .filter(unused -> range.order() == Order.OLDEST_FIRST)
                .map(start -> start.timestamp().plusMillis(1))
                .orElse(range.from());
    }

    private static Instant until(TransitionRange range) {
        return range.start()
                .filter(unused -> range.order() == Order.NEWEST_FIRST)
                .map(Position::timestamp)
                .orElse(range.until());
    }

    private CompletionStage<List<StoredTransition>> restOfMillisecond(TransitionRange range, Position start) {
        return read(
                range,
                bind(statements(range).at(range.order()), range, bucket(range).of(start.timestamp()))
                        .setInstant("timestamp", start.timestamp())
                        .setString("event_id", start.eventId()));
    }

    private CompletionStage<List<StoredTransition>> read(TransitionRange range, BoundStatementBuilder statement) {
        return new PartitionRead<>(session, statement.build(), row -> Optional.of(transition(row)), range.limit())
                .get();
    }

    private static BoundStatementBuilder bind(PreparedStatement statement, TransitionRange range, LocalDate bucket) {
        BoundStatementBuilder bound = statement
                .boundStatementBuilder()
                .setString("tenant_id", range.tenantId())
                .setLocalDate("bucket", bucket);
        if (range.entityId().isPresent()) {
            bound = bound.setString("entity_id", range.entityId().get());
        }
        if (range.alarmId().isPresent()) {
            bound = bound.setString("alarm_id", range.alarmId().get());
        }
        return bound;
    }

    private Statements statements(TransitionRange range) {
        if (range.alarmId().isPresent()) {
            return ofAlarm;
        }
        return range.entityId().isPresent() ? ofEntity : ofTenant;
    }

    /** As the tables' files say. */
    private static Bucket bucket(TransitionRange range) {
        return range.alarmId().isPresent() ? Bucket.YEAR : Bucket.DAY;
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

    /** The statements of one selection, in both orders. */
    private static final class Statements {
        private final PreparedStatement oldestFirst;
        private final PreparedStatement newestFirst;
        private final PreparedStatement oldestFirstAt;
        private final PreparedStatement newestFirstAt;

        Statements(CqlSession session, String table, String condition, String options) {
            String select = "SELECT event_id, timestamp, entity_id, check_id, alarm_id, state, previous_state, status,"
                    + " zone_id FROM " + table + " WHERE " + condition;
            String between = select + " AND timestamp >= :earliest AND timestamp < :until";
            String at = select + " AND timestamp = :timestamp";
            oldestFirst = session.prepare(between + " ORDER BY timestamp ASC, event_id DESC" + options);
            newestFirst = session.prepare(between + " ORDER BY timestamp DESC, event_id ASC" + options);
            oldestFirstAt =
                    session.prepare(at + " AND event_id <= :event_id ORDER BY timestamp ASC, event_id DESC" + options);
            newestFirstAt =
                    session.prepare(at + " AND event_id >= :event_id ORDER BY timestamp DESC, event_id ASC" + options);
        }

        PreparedStatement between(Order order) {
            return order == Order.OLDEST_FIRST ? oldestFirst : newestFirst;
        }

        PreparedStatement at(Order order) {
            return order == Order.OLDEST_FIRST ? oldestFirstAt : newestFirstAt;
        }
    }
}
