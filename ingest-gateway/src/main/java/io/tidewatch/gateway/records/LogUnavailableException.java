package io.tidewatch.gateway.records;

import org.jspecify.annotations.Nullable;

/** Kafka, or the view of it, did not do its part in time. The request may be sent again later. */
public final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
