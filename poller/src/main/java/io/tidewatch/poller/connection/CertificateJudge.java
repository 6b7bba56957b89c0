package io.tidewatch.poller.connection;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Accepts every server's certificate, and remembers for each connection what the JDK holds against it: an untrusted chain,
 * a certificate that is expired or for another host. Thread-safe.
 */
final class CertificateJudge extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager strict;
    private final Map<SSLEngine, String> faults = Collections.synchronizedMap(new WeakHashMap<>());

    CertificateJudge(X509ExtendedTrustManager strict) {
        this.strict = strict;
    }

    /** Judges as the JDK does. */
    static CertificateJudge byDefault() {
        return new CertificateJudge(trusting(null));
    }

    /** Trusts what is in a store, or what the JDK trusts if there is none. */
    static X509ExtendedTrustManager trusting(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new KeyStoreException("no X.509 trust manager"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no trusted certificates", e);
        }
    }

    /** What is wrong with the certificate of a connection; empty when nothing is. */
    String verdict(SSLEngine engine) {
        return faults.getOrDefault(engine, "");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        try {
            strict.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            faults.put(engine, String.valueOf(rootCause(e).getMessage()));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        strict.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        strict.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        strict.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        strict.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        strict.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return strict.getAcceptedIssuers();
    }

    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }
}
