package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.gateway.timeseries.TransitionRange.Order;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import io.tidewatch.timeseries.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads one table whose rows are in the order of time, newest first, and of transition, in both directions.
 *
 * @param <T> what rows become
 */
final class SelectByTime<T> {
    private final CqlSession session;
    private final Bucket bucket;
    private final Supplier<Function<Row, Optional<T>>> items;
    private final PreparedStatement oldestFirst;
    private final PreparedStatement newestFirst;
    private final PreparedStatement oldestFirstAt;
    private final PreparedStatement newestFirstAt;

    /**
     * @param from what a table and its rows are told by
     * @param bucket as the table's file says
     * @param items makes what turns the rows of one read, in their order, into items
     */
    SelectByTime(CqlSession session, Selection from, Bucket bucket, Supplier<Function<Row, Optional<T>>> items) {
        this.session = session;
        this.bucket = bucket;
        this.items = items;
        String time = from.timeColumn;
        String select =
                "SELECT " + from.columns + " FROM " + from.table + " WHERE bucket = :bucket AND " + from.condition;
        String between = select + " AND " + time + " >= :earliest AND " + time + " < :until";
        String at = select + " AND " + time + " = :at";
        String up = " ORDER BY " + time + " ASC, event_id DESC" + from.options;
        String down = " ORDER BY " + time + " DESC, event_id ASC" + from.options;
        oldestFirst = session.prepare(between + up);
        newestFirst = session.prepare(between + down);
        oldestFirstAt = session.prepare(at + " AND event_id <= :event_id" + up);
        newestFirstAt = session.prepare(at + " AND event_id >= :event_id" + down);
    }

    /**
     * Which columns of which rows.
     *
     * @param timeColumn the time that rows are in the order of
     * @param condition on the partition's key but for its bucket, and on what Cassandra has to pick out
     * @param options what the statement ends with
     */
    record Selection(String columns, String table, String timeColumn, String condition, String options) {}

    /**
     * A read for each bucket in the range's order, and before them one for the rest of the millisecond it starts in. The statement
     * of each is made when its turn comes.
     *
     * @param key the values that the condition compares with, by their names
     */
    List<Supplier<CompletionStage<List<T>>>> in(TransitionRange range, Map<String, String> key) {
        List<Supplier<CompletionStage<List<T>>>> reads = new ArrayList<>();
        range.start().ifPresent(start -> reads.add(() -> restOfMillisecond(range, start, key)));
        Instant from = from(range);
        Instant until = until(range);
        List<LocalDate> buckets = new ArrayList<>(bucket.between(from, until));
        if (range.order() == Order.NEWEST_FIRST) {
            Collections.reverse(buckets);
        }
        PreparedStatement between = range.order() == Order.OLDEST_FIRST ? oldestFirst : newestFirst;
        for (LocalDate day : buckets) {
            reads.add(() -> read(
                    range, bind(between, key, day).setInstant("earliest", from).setInstant("until", until)));
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

    private CompletionStage<List<T>> restOfMillisecond(TransitionRange range, Position start, Map<String, String> key) {
        PreparedStatement at = range.order() == Order.OLDEST_FIRST ? oldestFirstAt : newestFirstAt;
        return read(
                range,
                bind(at, key, bucket.of(start.timestamp()))
                        .setInstant("at", start.timestamp())
                        .setString("event_id", start.eventId()));
    }

    private CompletionStage<List<T>> read(TransitionRange range, BoundStatementBuilder statement) {
        return new PartitionRead<>(session, statement.build(), items.get(), range.limit()).get();
    }

    private static BoundStatementBuilder bind(PreparedStatement statement, Map<String, String> key, LocalDate bucket) {
        BoundStatementBuilder bound = statement.boundStatementBuilder().setLocalDate("bucket", bucket);
        for (Map.Entry<String, String> part : key.entrySet()) {
            bound = bound.setString(part.getKey(), part.getValue());
        }
        return bound;
    }
}
