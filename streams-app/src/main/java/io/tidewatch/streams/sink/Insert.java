package io.tidewatch.streams.sink;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Writes one kind of record as rows of one table. Thread-safe.
 *
 * @param <V> the record's value
 */
public interface Insert<V> {
    /** The table's name, for metrics. */
    String table();

    /**
     * Prepares the write of a record; nothing is sent yet.
     *
     * @throws RuntimeException when the record can't be a row of this table, however often it is tried
     */
    Write of(Consumed<V> record);

    /** Whether an equal row is known to be there, so that no write is needed. Most records are new, and nothing is known. */
    default boolean isKnown(Consumed<V> record) {
        return false;
    }

    /** Told when the write of a record is acknowledged, by a thread of the driver. */
    default void acknowledged(Consumed<V> record) {}

    /** The write of one row: idempotent, so that it may be sent any number of times. */
    interface Write {
        /**
         * What the row shares with those that may be sent along with it: table and partition key, as a value with {@code
         * equals}. Empty for a row that is always sent alone.
         */
        Optional<Object> partition();

        /**
         * Sends it, and others of the same partition with it. The stage ends when Cassandra has acknowledged them all, or
         * with the driver's exception.
         */
        CompletionStage<?> sendWith(List<Write> others);
    }
}
