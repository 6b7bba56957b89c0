package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An insert with a session. Rows of one partition go as one unlogged batch, which Cassandra applies as a single mutation;
 * across partitions a batch would only be slower than its rows.
 *
 * @param <V> the record's value
 */
abstract class CassandraInsert<V> implements Insert<V> {
    private final CqlSession session;

    CassandraInsert(CqlSession session) {
        this.session = session;
    }

    @Override
    public final CompletionStage<?> send(List<? extends BatchableStatement<?>> statements) {
        return statements.size() == 1
                ? session.executeAsync(statements.get(0))
                : session.executeAsync(BatchStatement.newInstance(BatchType.UNLOGGED, List.copyOf(statements)));
    }

    @Override
    public final long bytes(BatchableStatement<?> statement) {
        long bytes = 0;
        if (statement instanceof BoundStatement bound) {
            for (ByteBuffer value : bound.getValues()) {
                bytes += value == null ? 0 : value.remaining();
            }
        }
        return bytes;
    }
}
