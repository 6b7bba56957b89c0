package io.tidewatch.streams.rollup;

import org.apache.kafka.common.errors.SerializationException;

/** A window would become larger than what is kept, see {@link SeriesWindow#mostBytes}. The store still has it as it was. */
final class FullWindowException extends SerializationException {
    private static final long serialVersionUID = 1;

    FullWindowException(int sizeBytes, int mostBytes) {
        super("A rollup window would have " + sizeBytes + " bytes, but may have at most " + mostBytes);
    }

    /** It is expected, and a flood of it must stay cheap. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
