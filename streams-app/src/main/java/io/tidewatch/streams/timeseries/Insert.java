package io.tidewatch.streams.timeseries;

import java.util.concurrent.CompletionStage;

/**
 * Writes one kind of record as rows of one table. Thread-safe.
 *
 * @param <V> the record
 */
public interface Insert<V> {
    /** The table's name, for metrics. */
    String table();

    /**
     * Prepares the write of a record; nothing is sent yet.
     *
     * @throws RuntimeException when the record can't be a row of this table, however often it is tried
     */
    Write of(V record);

    /** The write of one row: idempotent, so that it may be sent any number of times. */
    @FunctionalInterface
    interface Write {
        /** Sends it. The stage ends when Cassandra has acknowledged the row, or with the driver's exception. */
        CompletionStage<?> send();
    }
}
