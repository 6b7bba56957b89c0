package io.tidewatch.poller.connection;

import io.tidewatch.poller.probe.Run;
import io.tidewatch.schema.FailureKind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** Names what went wrong with a connection, from the exception that Netty or the operating system gave. */
public record ConnectionFailure(FailureKind kind, String status) {
    static ConnectionFailure whileConnecting(Throwable cause) {
        String message = message(cause);
        if (cause instanceof NoRouteToHostException || message.contains("unreachable")) {
            return new ConnectionFailure(FailureKind.CONNECT_UNREACHABLE, "host or network unreachable");
        }
        if (cause instanceof ConnectException || message.contains("refused")) {
            return new ConnectionFailure(FailureKind.CONNECT_REFUSED, "connection refused");
        }
        return new ConnectionFailure(FailureKind.CONNECT_UNREACHABLE, "could not connect");
    }

    static ConnectionFailure inHandshake(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ConnectionFailure(
                FailureKind.TLS_ERROR,
                root.getMessage() == null
                        ? "the TLS handshake failed"
                        : "the TLS handshake failed: " + root.getMessage());
    }

    /** A connection that broke while the conversation was going on. */
    public static ConnectionFailure inConversation(Throwable cause) {
        return message(cause).contains("reset")
                ? new ConnectionFailure(FailureKind.PROTOCOL_ERROR, "connection reset by the target")
                : new ConnectionFailure(FailureKind.PROTOCOL_ERROR, "the connection failed");
    }

    public void end(Run run) {
        run.fail(kind, status);
    }

    private static String message(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }
}
