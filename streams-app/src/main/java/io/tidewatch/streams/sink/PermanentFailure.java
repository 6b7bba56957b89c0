package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;

/**
 * Tells failures that are the row's own fault from those that pass. In doubt a failure passes: to try for ever is seen in
 * the metrics and mended, a row put aside is missing.
 */
public final class PermanentFailure {
    private PermanentFailure() {}

    /**
     * Whether writing the row again would fail again. Cassandra calls a key of more than 65 535 bytes and a mutation beyond
     * its {@code max_mutation_size} invalid queries; and also any query of a table or column that was dropped, which is the
     * operator's to put right and not the row's fault.
     */
    public static boolean is(Throwable failure) {
        if (failure instanceof InvalidQueryException) {
            String message = String.valueOf(failure.getMessage());
            return !message.contains("unconfigured table")
                    && !message.contains("does not exist")
                    && !message.contains("Undefined column")
                    && !message.contains("Unknown identifier");
        }
        return failure instanceof FrameTooLongException
                || failure instanceof CodecNotFoundException
                || failure instanceof IllegalArgumentException;
    }
}
