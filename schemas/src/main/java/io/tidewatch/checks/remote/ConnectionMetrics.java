package io.tidewatch.checks.remote;

import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.Unit;
import java.util.List;

/**
 * What is measured of any conversation over a connection. Source of names: the check types of Rackspace Cloud Monitoring.
 */
public final class ConnectionMetrics {
    /** The whole run. */
    public static final DeclaredMetric DURATION = DeclaredMetric.integer("duration", Unit.MILLISECONDS);

    /** From the start to the open connection. */
    public static final DeclaredMetric TT_CONNECT = DeclaredMetric.integer("tt_connect", Unit.MILLISECONDS);

    /** From the start to the first byte that the target sent. */
    public static final DeclaredMetric TT_FIRSTBYTE = DeclaredMetric.integer("tt_firstbyte", Unit.MILLISECONDS);

    /** Seconds since the epoch at which the target's certificate becomes valid. */
    public static final DeclaredMetric CERT_START = DeclaredMetric.integer("cert_start", Unit.SECONDS);

    /** Seconds since the epoch at which the target's certificate expires. */
    public static final DeclaredMetric CERT_END = DeclaredMetric.integer("cert_end", Unit.SECONDS);

    /** How long the target's certificate is still good for; negative when it has expired. */
    public static final DeclaredMetric CERT_END_IN = DeclaredMetric.integer("cert_end_in", Unit.SECONDS);

    public static final DeclaredMetric CERT_ISSUER = DeclaredMetric.text("cert_issuer");
    public static final DeclaredMetric CERT_SUBJECT = DeclaredMetric.text("cert_subject");
    public static final DeclaredMetric CERT_SUBJECT_ALTERNATIVE_NAMES =
            DeclaredMetric.text("cert_subject_alternative_names");

    /** Why the certificate should not be trusted; an empty text when it should. */
    public static final DeclaredMetric CERT_ERROR = DeclaredMetric.text("cert_error");

    /** Those that any conversation has. */
    static final List<DeclaredMetric> TIMES = List.of(DURATION, TT_CONNECT, TT_FIRSTBYTE);

    /** Those that only a conversation over TLS has. */
    static final List<DeclaredMetric> CERTIFICATE = List.of(
            CERT_START, CERT_END, CERT_END_IN, CERT_ISSUER, CERT_SUBJECT, CERT_SUBJECT_ALTERNATIVE_NAMES, CERT_ERROR);

    private ConnectionMetrics() {}
}
