package io.tidewatch.poller.connection;

import io.tidewatch.checks.remote.ConnectionMetrics;
import io.tidewatch.poller.probe.Measurements;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server's own certificate, as a handshake showed it.
 *
 * @param error why it should not be trusted; empty when it should
 */
public record PeerCertificate(X509Certificate certificate, String error) {
    /** Source: RFC 5280 section 4.2.1.6: the numbers of the kinds of names. */
    private static final List<Integer> DNS_NAME_AND_IP_ADDRESS = List.of(2, 7);

    /** Adds the {@code cert_} metrics. */
    public void measure(Measurements into, Instant now) {
        Instant end = certificate.getNotAfter().toInstant();
        into.integer(
                ConnectionMetrics.CERT_START,
                certificate.getNotBefore().toInstant().getEpochSecond());
        into.integer(ConnectionMetrics.CERT_END, end.getEpochSecond());
        into.integer(ConnectionMetrics.CERT_END_IN, end.getEpochSecond() - now.getEpochSecond());
        into.text(
                ConnectionMetrics.CERT_ISSUER,
                certificate.getIssuerX500Principal().getName());
        into.text(
                ConnectionMetrics.CERT_SUBJECT,
                certificate.getSubjectX500Principal().getName());
        into.text(ConnectionMetrics.CERT_SUBJECT_ALTERNATIVE_NAMES, alternativeNames());
        into.text(ConnectionMetrics.CERT_ERROR, error);
    }

    private String alternativeNames() {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return (names == null ? Stream.<List<?>>empty() : names.stream())
                    .filter(name -> DNS_NAME_AND_IP_ADDRESS.contains(name.get(0)))
                    .map(name -> String.valueOf(name.get(1)))
                    .collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            return "";
        }
    }
}
