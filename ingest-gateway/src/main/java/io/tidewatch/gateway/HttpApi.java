package io.tidewatch.gateway;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.gateway.server.FrontDoor;
import io.tidewatch.gateway.timeseries.TimeSeriesUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API over HTTP: the server with the endpoints' routes, and the form of its error answers.
 *
 * <p>{@code X-Auth-Token} is accepted and not looked at yet: whoever reaches the port may do everything, as every tenant.
 */
final class HttpApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private final Javalin server;
    private final GatewayMetrics metrics;
    private final BooleanSupplier open;
    private volatile boolean started;
    private volatile boolean closed;

    /**
     * @param open whether requests are served at all; they get a 503 otherwise
     */
    HttpApi(List<Endpoint> endpoints, GatewayConfig settings, GatewayMetrics metrics, BooleanSupplier open) {
        this.metrics = metrics;
        this.open = open;
        this.server = Javalin.create(config -> {
            configure(config, settings);
            new FrontDoor(settings.doorBounds(), metrics::refused).configure(config.jetty, settings.shutdownTimeout());
            config.routes.before(this::begin);
            endpoints.forEach(endpoint -> endpoint.addTo(config.routes));
            translateFailures(config.routes);
            config.requestLogger.http((ctx, elapsedMs) -> measure(ctx, elapsedMs));
        });
    }

    /**
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    void start(String host, int port) {
        server.start(host, port);
        started = true;
    }

    /** Why requests can't reach the API; empty while it listens. */
    Optional<String> notListeningBecause() {
        return isListening() ? Optional.empty() : Optional.of("The API does not listen");
    }

    /** Why the API, which has listened, will never do so again; empty before {@link #start}, while it listens, and when closed. */
    Optional<String> endedBecause() {
        return started && !isListening() && !closed
                ? Optional.of("The HTTP server of the API has ended, state " + jetty().getState())
                : Optional.empty();
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    /** Takes no more requests, and lets those under way finish for a moment. */
    @Override
    public void close() {
        closed = true;
        server.stop();
    }

    /** The HTTP server itself, for tests that end it. */
    Server jetty() {
        return server.jettyServer().server();
    }

    private boolean isListening() {
        return started
                && jetty().isRunning()
                && Stream.of(jetty().getConnectors())
                        .allMatch(connector -> connector.isRunning()
                                && connector instanceof NetworkConnector network
                                && network.isOpen());
    }

    private static void configure(JavalinConfig config, GatewayConfig settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.defaultContentType = Requests.JSON;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Requests.MAX_BODY_BYTES;
        if (!settings.publicUrl().isEmpty()) {
            config.contextResolver.url = ctx -> settings.publicUrl() + ctx.path();
        }
    }

    private void begin(Context ctx) {
        Requests.begin(ctx, UUID.randomUUID().toString());
        if (!open.getAsBoolean()) {
            throw new LogUnavailableException("The gateway is starting and does not know the configuration yet", null);
        }
    }

    private void translateFailures(RoutesConfig routes) {
        routes.exception(Fault.class, (fault, ctx) -> answer(ctx, fault));
        routes.exception(LogUnavailableException.class, (e, ctx) -> answerLater(ctx, e, e.getMessage()));
        routes.exception(TimeSeriesUnavailableException.class, (e, ctx) -> {
            metrics.timeSeriesUnavailable();
            answerLater(ctx, e, e.reason());
        });
        routes.exception(
                RecordTooLargeException.class,
                (e, ctx) -> answer(
                        ctx, new Fault(FaultType.REQUEST_TOO_LARGE, "A record is larger than Kafka takes", Map.of())));
        routes.exception(HttpResponseException.class, HttpApi::answer);
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("A request failed txnId={}", Requests.transactionId(ctx), e);
            answer(ctx, new Fault(FaultType.INTERNAL, "The gateway failed; the error is in its log", Map.of()));
        });
    }

    private static void answerLater(Context ctx, RuntimeException failure, @Nullable String reason) {
        LOG.warn("A request was answered with 503 txnId={} reason={}", Requests.transactionId(ctx), reason);
        ctx.header("Retry-After", Requests.RETRY_AFTER_SECONDS);
        answer(ctx, new Fault(FaultType.SYSTEM_FAILURE, String.valueOf(failure.getMessage()), Map.of()));
    }

    /** What the HTTP server refuses before an endpoint sees it: no such path, wrong method, too long a body. */
    private static void answer(HttpResponseException e, Context ctx) {
        FaultType type = FaultType.ofStatus(e.getStatus());
        switch (type) {
            case NOT_FOUND -> answer(ctx, new Fault(type, "There is nothing at " + ctx.path(), Map.of()));
            case METHOD_NOT_ALLOWED ->
                answerWithMethods(ctx, String.join(", ", e.getDetails().values()));
            case REQUEST_TOO_LARGE -> answer(ctx, Fault.tooLarge(Requests.MAX_BODY_BYTES));
            default -> answer(ctx, new Fault(type, String.valueOf(e.getMessage()), Map.of()));
        }
    }

    /** Whoever asks for the options gets the methods that there are; whoever uses another one is told. */
    private static void answerWithMethods(Context ctx, String methods) {
        String allowed = methods + ", OPTIONS";
        ctx.header("Allow", allowed);
        if (ctx.method().equals(HandlerType.OPTIONS)) {
            ctx.status(204);
        } else {
            answer(
                    ctx,
                    new Fault(
                            FaultType.METHOD_NOT_ALLOWED,
                            ctx.path() + " takes " + allowed,
                            Map.of("allowed", allowed)));
        }
    }

    private static void answer(Context ctx, Fault fault) {
        Requests.answer(ctx, fault.type().status(), fault.render(Requests.transactionId(ctx)));
    }

    /** Paths and methods that no route has are counted as one, or strangers could make up time series. */
    private void measure(Context ctx, float elapsedMs) {
        Duration elapsed = Duration.ofNanos(Math.round(elapsedMs * 1_000_000.0));
        Optional.ofNullable(ctx.endpoints().lastHttpEndpoint())
                .ifPresentOrElse(
                        route -> metrics.request(route.path, ctx.method().name(), ctx.statusCode(), elapsed),
                        () -> metrics.request("none", "none", ctx.statusCode(), elapsed));
    }
}
