package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import java.util.List;
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
     * Prepares the write of a record as one row, idempotent and with its own write time; nothing is sent yet.
     *
     * @throws RuntimeException when the record can't be a row of this table, however often it is tried
     */
    BatchableStatement<?> of(Consumed<V> record);

    /**
     * Sends statements of {@link #of}, all with one routing key, any number of times. The stage ends when Cassandra has
     * acknowledged them all, or with the driver's exception.
     */
    CompletionStage<?> send(List<? extends BatchableStatement<?>> statements);

    /** How many bytes the values of a statement of {@link #of} have; 0 where that is not known. */
    default long bytes(BatchableStatement<?> statement) {
        return 0;
    }

    /**
     * Whether no write is needed: an equal row is known to be there, or the record is none for this table. Most records are new,
     * and nothing is known.
     */
    default boolean isKnown(Consumed<V> record) {
        return false;
    }

    /** Told when the write of a record is acknowledged, by a thread of the driver. */
    default void acknowledged(Consumed<V> record) {}
}
