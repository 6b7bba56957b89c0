package io.tidewatch.notifier.delivery;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** Why there is no TLS connection, for people: of the JDK's own texts, the one about a certificate's dates names neither. */
public final class TlsReason {
    private static final int MOST_CAUSES = 20;

    private TlsReason() {}

    /** @param failure of the handshake */
    public static String of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof CertificateExpiredException) {
                return "its certificate, or one that has signed it, has expired (" + cause.getMessage() + ")";
            } else if (cause instanceof CertificateNotYetValidException) {
                return "its certificate, or one that has signed it, is not valid yet (" + cause.getMessage() + ")";
            }
            cause = cause.getCause();
        }
        return String.valueOf(failure.getMessage());
    }
}
