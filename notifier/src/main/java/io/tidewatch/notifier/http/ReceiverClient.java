package io.tidewatch.notifier.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client that does nothing of its own accord: it follows no redirect, keeps no cookie, and tries nothing again, but
 * for what a proxy asks who we are. Thread-safe.
 */
final class ReceiverClient implements AutoCloseable {
    static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /** To one host as many as to all: many channels share a host, and each keeps to its own limit. */
    private static final int MOST_CONNECTIONS = 500;

    private static final String PROXY = "tidewatch.proxy";

    private final CloseableHttpClient client;

    /** @param resolver is asked for every connection, and connections go to what it answers */
    ReceiverClient(DnsResolver resolver, Duration deadline) {
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(timeout(CONNECT_WITHIN))
                .setSocketTimeout(timeout(deadline))
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setDefaultConnectionConfig(connection)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(deadline))
                        .setResponseTimeout(timeout(deadline))
                        .build())
                .setRoutePlanner(ReceiverClient::route)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /**
     * An answer whose body has yet to be read.
     *
     * @param isProxys whether a proxy gave it, and the receiver has not been reached
     */
    record Opened(ClassicHttpResponse response, boolean isProxys) {}

    /** @param proxy null for none */
    Opened open(HttpHost target, HttpUriRequestBase request, @Nullable ProxyServer proxy) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        if (proxy != null) {
            HttpHost host = host(proxy);
            context.setAttribute(PROXY, host);
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            proxy.login()
                    .ifPresent(login -> credentials.setCredentials(
                            new AuthScope(host),
                            new UsernamePasswordCredentials(
                                    login.user(), login.password().toCharArray())));
            context.setCredentialsProvider(credentials);
            // A tunnel that was opened with a login is used again with the same one only.
            context.setUserToken(proxy.login().orElse(null));
        }
        ClassicHttpResponse response = client.executeOpen(target, request, context);
        return new Opened(response, proxy != null && isProxys(target, response, context));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** What a proxy says to CONNECT comes before there is TLS with the receiver; 407 is never a receiver's. */
    private static boolean isProxys(HttpHost target, ClassicHttpResponse response, HttpClientContext context) {
        return response.getCode() == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED
                || (isSecure(target) && context.getSSLSession() == null);
    }

    private static boolean isSecure(HttpHost target) {
        return "https".equals(target.getSchemeName());
    }

    private static HttpRoute route(HttpHost target, HttpContext context) {
        boolean secure = isSecure(target);
        return context.getAttribute(PROXY) instanceof HttpHost proxy
                ? new HttpRoute(target, null, proxy, secure)
                : new HttpRoute(target, null, secure);
    }

    private static HttpHost host(ProxyServer proxy) {
        return new HttpHost("http", proxy.url().host(), proxy.url().port());
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }
}
