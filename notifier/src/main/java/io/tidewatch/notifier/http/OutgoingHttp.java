package io.tidewatch.notifier.http;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.ReasonText;
import io.tidewatch.notifier.delivery.TlsReason;
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
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to receivers: to addresses that may be reached, within a deadline, without following redirects, and reading
 * no more of an answer than is of use. Blocks the thread that calls; any number of threads may.
 */
public final class OutgoingHttp implements AutoCloseable {
    private static final int MOST_BODY_BYTES = 64 << 10;
    private static final int PART_BYTES = 4 << 10;
    private static final Pattern SLASHES_AT_THE_BEGINNING = Pattern.compile("^/+");
    private static final byte[] ELLIPSIS = " …".getBytes(StandardCharsets.UTF_8);

    private final Duration deadline;
    private final Clock clock;
    private final Routes routes;
    private final ReceiverClient client;
    private final ReceiverClient toOperatorsProxy;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "http-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param proxy what calls go through that name nothing else
     * @param deadline from the beginning of a request to the end of its answer
     * @param clock for what receivers say about when to come again
     */
    public OutgoingHttp(AddressPolicy policy, OperatorProxy proxy, Duration deadline, Clock clock) {
        this.deadline = deadline;
        this.clock = clock;
        JudgedAddresses addresses = new JudgedAddresses(policy);
        this.routes = new Routes(addresses, proxy);
        this.client = new ReceiverClient(addresses, deadline);
        this.toOperatorsProxy = new ReceiverClient(SystemDefaultDnsResolver.INSTANCE, deadline);
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
        Routes.Route route;
        try {
            route = routes.of(call);
        } catch (UnknownHostException e) {
            return failure(call, null, false, e);
        }
        Attempt attempt = send(call, route, judge);
        return route.proxy().map(proxy -> attempt.through(proxy.name())).orElse(attempt);
    }

    private Attempt send(HttpCall call, Routes.Route route, BiFunction<Answer, Instant, Attempt> judge) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method().name(), URI.create(path(call.url())));
        call.headers().forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(call.body().getBytes(StandardCharsets.UTF_8), null));
        Future<?> end = alarm.schedule(request::cancel, deadline.toMillis(), TimeUnit.MILLISECONDS);
        @Nullable ProxyServer proxy = route.proxy().orElse(null);
        @Nullable ClassicHttpResponse response = null;
        try {
            ReceiverClient.Opened opened =
                    (route.judged() ? client : toOperatorsProxy).open(target(call.url()), request, proxy);
            response = opened.response();
            return opened.isProxys() && proxy != null
                    ? refusedBy(proxy, response.getCode())
                    : judge.apply(answer(call, proxy, response), clock.instant());
        } catch (IOException e) {
            return failure(call, proxy, request.isCancelled() || e instanceof SocketTimeoutException, e);
        } finally {
            end.cancel(false);
            // Before the end of an answer, this gives up the connection, and nothing more is read.
            Closer.closeQuietly(response);
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
        client.close();
        toOperatorsProxy.close();
    }

    private Attempt failure(HttpCall call, @Nullable ProxyServer proxy, boolean tookTooLong, IOException failure) {
        // Of the target, a proxy's client resolves nothing, and connects to nothing but through the proxy.
        String who = proxy == null || isOfTls(failure) ? call.target() : "the proxy " + proxy.name();
        if (failure instanceof ForbiddenAddressException) {
            return Attempt.of(Result.REFUSED, who + ": its address must not be reached from here");
        }
        if (isBeforeTheRequest(failure)) {
            return Attempt.of(Result.NOT_RECEIVED, who + ": " + unconnected(failure));
        }
        return Attempt.of(
                Result.UNKNOWN,
                call.target()
                        + (tookTooLong
                                ? ": no whole answer within " + deadline.toMillis() + " ms"
                                : ": the connection broke before the answer was there"));
    }

    /** The receiver has not seen it, and whoever set the proxy up can mend that. */
    private static Attempt refusedBy(ProxyServer proxy, int status) {
        return Attempt.of(
                Result.NOT_RECEIVED,
                "the proxy " + proxy.name()
                        + (status == HttpStatus.SC_PROXY_AUTHENTICATION_REQUIRED
                                ? " wants a user and a password, or others: status 407"
                                : " does not connect to the receiver: status " + status));
    }

    private static boolean isBeforeTheRequest(IOException failure) {
        return failure instanceof UnknownHostException
                || failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException
                || isOfTls(failure);
    }

    private static boolean isOfTls(IOException failure) {
        return failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException;
    }

    private static String unconnected(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "its name does not resolve";
        } else if (failure instanceof ConnectTimeoutException) {
            return "no connection within " + ReceiverClient.CONNECT_WITHIN.toSeconds() + " s";
        } else if (isOfTls(failure)) {
            return "no TLS connection: " + TlsReason.of(failure);
        }
        return "no connection";
    }

    private static Answer answer(HttpCall call, @Nullable ProxyServer proxy, ClassicHttpResponse response) {
        String said = call.hide(body(response));
        return new Answer(
                response.getCode(),
                Optional.ofNullable(response.getFirstHeader("Retry-After"))
                        .map(Header::getValue)
                        .orElse(""),
                proxy == null ? said : ReasonText.hide(said, proxy.secrets()));
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
}
