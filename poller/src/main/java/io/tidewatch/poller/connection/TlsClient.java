package io.tidewatch.poller.connection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * TLS for probes: speaks with servers whatever their certificate, and says what is wrong with it, because an expired
 * certificate is something to report and not a reason to look away. Trusts what the JDK trusts. The JDK's protocol versions
 * apply, so that a server with nothing newer than TLS 1.1 fails the handshake. Thread-safe.
 */
final class TlsClient {
    private final CertificateJudge judge;
    private final SslContext context;

    TlsClient(CertificateJudge judge) {
        this.judge = judge;
        try {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .trustManager(judge)
                    .sessionCacheSize(1)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("The JDK can't set up TLS for clients", e);
        }
    }

    /** The handler for one connection. */
    SslHandler handler(ByteBufAllocator buffers, String serverName, int port) {
        SslHandler handler = context.newHandler(buffers, serverName, port);
        handler.setHandshakeTimeoutMillis(0); // the run has its own deadline
        return handler;
    }

    /** What the server showed in a handshake that is over. */
    PeerCertificate peer(SSLEngine engine) {
        try {
            X509Certificate leaf = (X509Certificate) engine.getSession().getPeerCertificates()[0];
            return new PeerCertificate(leaf, judge.verdict(engine));
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("a TLS server without a certificate can't finish a handshake", e);
        }
    }
}
