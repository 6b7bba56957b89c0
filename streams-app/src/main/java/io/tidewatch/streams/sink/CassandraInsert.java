package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The write of one row with its values. Rows of one partition go as one unlogged batch, which Cassandra applies as a single
 * mutation; across partitions a batch would only be slower than its rows. Each statement brings its own write time.
 */
record BoundRow(CqlSession session, String table, BoundStatement statement) implements Insert.Write {
    @Override
    public Optional<Object> partition() {
        ByteBuffer key = statement.getRoutingKey();
        return key == null ? Optional.empty() : Optional.of(new Partition(table, key));
    }

    @Override
    public CompletionStage<AsyncResultSet> sendWith(List<Insert.Write> others) {
        if (others.isEmpty()) {
            return session.executeAsync(statement);
        }
        BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED).addStatement(statement);
        for (Insert.Write other : others) {
            batch.addStatement(((BoundRow) other).statement);
        }
        return session.executeAsync(batch.build());
    }

    /** Where a row lies in Cassandra. */
    private record Partition(String table, ByteBuffer key) {}
}
