package io.tidewatch.notifier.http;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to receivers: to addresses that may be reached, within a deadline, without following redirects, and reading
 * no more of an answer than is of use. Blocks the thread that calls; any number of threads may.
 */
public final class OutgoingHttp implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    /** To one host as many as to all: many channels share a host, and each keeps to its own limit. */
    private static final int MOST_CONNECTIONS = 500;

    private static final int MOST_BODY_BYTES = 64 << 10;
    private static final int PART_BYTES = 4 << 10;
    private static final Pattern SLASHES_AT_THE_BEGINNING = Pattern.compile("^/+");
    private static final byte[] ELLIPSIS = " …".getBytes(StandardCharsets.UTF_8);

    private final Duration deadline;
    private final Clock clock;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "http-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param deadline from the beginning of a request to the end of its answer
     * @param clock for what receivers say about when to come again
     */
    public OutgoingHttp(AddressPolicy policy, Duration deadline, Clock clock) {
        this.deadline = deadline;
        this.clock = clock;
        ConnectionConfig connection = ConnectionConfig.custom()
                .setConnectTimeout(timeout(CONNECT_WITHIN))
                .setSocketTimeout(timeout(deadline))
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new JudgedAddresses(policy))
                        .setDefaultConnectionConfig(connection)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout(deadline))
                        .setResponseTimeout(timeout(deadline))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /** Sends it, and has the status decide. */
    public Attempt send(HttpCall call) {
        return send(call, Answer::judge);
    }

    /**
     * Sends it.
     *
     * @param judge says what the answer means for the delivery
     */
    public Attempt send(HttpCall call, BiFunction<Answer, Instant, Attempt> judge) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method().name(), URI.create(path(call.url())));
        call.headers().forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(call.body().getBytes(StandardCharsets.UTF_8), null));
        Future<?> end = alarm.schedule(request::cancel, deadline.toMillis(), TimeUnit.MILLISECONDS);
        @Nullable ClassicHttpResponse response = null;
        try {
            response = client.executeOpen(target(call.url()), request, null);
            return judge.apply(answer(call, response), clock.instant());
        } catch (IOException e) {
            return failure(call, request.isCancelled() || e instanceof SocketTimeoutException, e);
        } finally {
            end.cancel(false);
            // Before the end of an answer, this gives up the connection, and nothing more is read.
            Closer.closeQuietly(response);
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    private Attempt failure(HttpCall call, boolean tookTooLong, IOException failure) {
        if (failure instanceof ForbiddenAddressException) {
            return Attempt.of(Result.REFUSED, call.target() + ": its address must not be reached from here");
        }
        if (isBeforeTheRequest(failure)) {
            return Attempt.of(Result.NOT_RECEIVED, call.target() + ": " + unconnected(failure));
        }
        return Attempt.of(
                Result.UNKNOWN,
                call.target()
                        + (tookTooLong
                                ? ": no whole answer within " + deadline.toMillis() + " ms"
                                : ": the connection broke before the answer was there"));
    }

    private static boolean isBeforeTheRequest(IOException failure) {
        return failure instanceof UnknownHostException
                || failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException;
    }

    private static String unconnected(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "its name does not resolve";
        } else if (failure instanceof ConnectTimeoutException) {
            return "no connection within " + CONNECT_WITHIN.toSeconds() + " s";
        } else if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return "no TLS connection: " + failure.getMessage();
        }
        return "no connection";
    }

    private static Answer answer(HttpCall call, ClassicHttpResponse response) {
        return new Answer(
                response.getCode(),
                Optional.ofNullable(response.getFirstHeader("Retry-After"))
                        .map(Header::getValue)
                        .orElse(""),
                call.hide(body(response)));
    }

    /** As much as came: the status has said what happened. */
    private static String body(ClassicHttpResponse response) {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        try {
            InputStream content = response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : response.getEntity().getContent();
            byte[] part = new byte[PART_BYTES];
            int read = content.read(part);
            while (read >= 0 && begun.size() < MOST_BODY_BYTES) {
                begun.write(part, 0, read);
                read = content.read(part);
            }
        } catch (IOException brokenOff) {
            begun.write(ELLIPSIS, 0, ELLIPSIS.length);
        }
        return begun.toString(StandardCharsets.UTF_8);
    }

    /** Behind two slashes, URI and the client would look for a host, which has been decided. */
    private static String path(HttpUrl url) {
        return SLASHES_AT_THE_BEGINNING.matcher(url.path()).replaceFirst("/");
    }

    private static HttpHost target(HttpUrl url) {
        return new HttpHost(url.secure() ? "https" : "http", url.host(), url.port());
    }

    private static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(duration.toMillis());
    }
}
