package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.timeseries.Bucket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads a table of which a partition is one tenant over a day. Rows of one entity or alarm are picked out by Cassandra, which looks
 * through no more of a day than the page needs.
 *
 * @param <T> what a row becomes
 */
final class SelectOfTenant<T> {
    private static final String OF_TENANT = "tenant_id = :tenant_id";
    private static final String OF_ENTITY = OF_TENANT + " AND entity_id = :entity_id";
    static final String OF_ALARM = OF_ENTITY + " AND alarm_id = :alarm_id";
    static final String PICKED_OUT = " ALLOW FILTERING";

    private final SelectByTime<T> ofTenant;
    private final SelectByTime<T> ofEntity;
    private final SelectByTime<T> ofAlarm;

    SelectOfTenant(CqlSession session, String columns, String table, Function<Row, Optional<T>> item) {
        ofTenant = select(session, columns, table, OF_TENANT, "", item);
        ofEntity = select(session, columns, table, OF_ENTITY, PICKED_OUT, item);
        ofAlarm = select(session, columns, table, OF_ALARM, PICKED_OUT, item);
    }

    private static <T> SelectByTime<T> select(
            CqlSession session,
            String columns,
            String table,
            String condition,
            String options,
            Function<Row, Optional<T>> item) {
        return new SelectByTime<>(
                session,
                new SelectByTime.Selection(columns, table, "timestamp", condition, options),
                Bucket.DAY,
                () -> item);
    }

    List<Supplier<CompletionStage<List<T>>>> in(TransitionRange range) {
        SelectByTime<T> statements = ofTenant;
        if (range.alarmId().isPresent()) {
            statements = ofAlarm;
        } else if (range.entityId().isPresent()) {
            statements = ofEntity;
        }
        return statements.in(range, key(range));
    }

    /** What a range says of the rows, by the names in the conditions. */
    static Map<String, String> key(TransitionRange range) {
        Map<String, String> key = new TreeMap<>(Map.of("tenant_id", range.tenantId()));
        range.entityId().ifPresent(id -> key.put("entity_id", id));
        range.alarmId().ifPresent(id -> key.put("alarm_id", id));
        return key;
    }
}
