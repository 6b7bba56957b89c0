package io.tidewatch.gateway;

import org.jspecify.annotations.Nullable;

/** Kafka, or the view of it, did not do its part in time. The request may be sent again later. */
final class LogUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
