package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The read of one partition, page by page, until there are enough items or no more rows. A page has as many rows as items are
 * wanted, so that it is one request wherever every row makes an item.
 */
record PartitionRead<T>(CqlSession session, BoundStatement statement, Function<Row, Optional<T>> item, int limit)
        implements Supplier<CompletionStage<List<T>>> {
    /** The driver's own choice. */
    private static final int MAX_PAGE_ROWS = 5_000;

    @Override
    public CompletionStage<List<T>> get() {
        BoundStatement paged = statement.setPageSize(Math.min(limit, MAX_PAGE_ROWS));
        return session.executeAsync(paged).thenCompose(page -> collect(page, new ArrayList<>()));
    }

    private CompletionStage<List<T>> collect(AsyncResultSet page, List<T> items) {
        for (Row row : page.currentPage()) {
            item.apply(row).filter(unused -> items.size() < limit).ifPresent(items::add);
        }
        return items.size() < limit && page.hasMorePages()
                ? page.fetchNextPage().thenCompose(next -> collect(next, items))
                : CompletableFuture.completedFuture(items);
    }
}
