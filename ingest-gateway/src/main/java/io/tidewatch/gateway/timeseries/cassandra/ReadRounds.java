package io.tidewatch.gateway.timeseries.cassandra;

import io.tidewatch.gateway.timeseries.TimeSeriesUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads partitions side by side and puts what they hold one after the other. Thread-safe; its callers wait.
 *
 * <p>All partitions of a usual request are one round: a month of hours has two. Only who asks for very much gets several
 * rounds, the next one when the ones before were not enough, so that a request holds no more than a round's rows in memory.
 */
final class ReadRounds {
    /** More than any plot by the resolution's lifetime has, and than the days of a month. */
    static final int PARTITIONS_A_ROUND = 32;

    /** Readers that wait must leave the HTTP server threads for requests that need no Cassandra. It has 250. */
    private static final int MAX_READERS = 100;

    private final Duration timeout;
    private final Semaphore readers = new Semaphore(MAX_READERS);

    /**
     * @param timeout for each round
     */
    ReadRounds(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * @param partitions the reads of the partitions, in the order of the answer; each gives up to {@code limit} items
     * @return the first {@code limit} items
     * @throws TimeSeriesUnavailableException when one of them fails, or takes too long
     */
    <T> List<T> read(List<Supplier<CompletionStage<List<T>>>> partitions, int limit) {
        if (!readers.tryAcquire()) {
            throw new TimeSeriesUnavailableException(
                    "too many requests wait for them", MAX_READERS + " requests wait for Cassandra");
        }
        try {
            List<T> items = new ArrayList<>();
            for (int begin = 0; begin < partitions.size() && items.size() < limit; begin += PARTITIONS_A_ROUND) {
                int end = Math.min(partitions.size(), begin + PARTITIONS_A_ROUND);
                await(partitions.subList(begin, end)).forEach(items::addAll);
            }
            return List.copyOf(items.subList(0, Math.min(limit, items.size())));
        } finally {
            readers.release();
        }
    }

    private <T> List<List<T>> await(List<Supplier<CompletionStage<List<T>>>> partitions) {
        List<CompletableFuture<List<T>>> reads = partitions.stream()
                .map(partition -> partition.get().toCompletableFuture())
                .toList();
        try {
            CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return reads.stream().map(CompletableFuture::join).toList();
        } catch (TimeoutException e) {
            throw new TimeSeriesUnavailableException(
                    "Cassandra takes longer than " + timeout.toMillis() + " ms", "the round took too long");
        } catch (ExecutionException e) {
            throw new TimeSeriesUnavailableException("Cassandra failed a read", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeSeriesUnavailableException("the gateway is closing", "interrupted");
        } finally {
            reads.forEach(read -> read.cancel(false));
        }
    }
}
