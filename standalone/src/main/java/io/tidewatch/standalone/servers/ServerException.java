package io.tidewatch.standalone.servers;

import org.jspecify.annotations.Nullable;

/** An embedded server can't be started, for a reason that a person can do something about. The message is for people. */
public final class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServerException(String message) {
        this(message, null);
    }

    ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
