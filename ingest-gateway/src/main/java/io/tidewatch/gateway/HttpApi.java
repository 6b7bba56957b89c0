package io.tidewatch.gateway;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.ConfigurationWriter;
import io.tidewatch.gateway.history.ChangelogEndpoint;
import io.tidewatch.gateway.history.MetricEndpoint;
import io.tidewatch.gateway.history.ViewEndpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.http.ServerFaults;
import io.tidewatch.gateway.ingest.ResultEndpoint;
import io.tidewatch.gateway.ingest.ResultJson;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.gateway.records.RecordLog;
import io.tidewatch.gateway.resource.AlarmKind;
import io.tidewatch.gateway.resource.CheckKind;
import io.tidewatch.gateway.resource.EntityKind;
import io.tidewatch.gateway.resource.ResourceEndpoint;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TimeSeriesUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API over HTTP: which path leads to which endpoint, and how every answer looks that is no success.
 *
 * <p>{@code X-Auth-Token} is accepted and not looked at yet: whoever reaches the port may do everything, as every tenant.
 */
final class HttpApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private static final String ENTITIES = "/v1.0/{tenantId}/entities";
    private static final String CHECKS = ENTITIES + "/{entityId}/checks";
    private static final String ALARMS = ENTITIES + "/{entityId}/alarms";
    private static final String METRICS = CHECKS + "/{checkId}/metrics";
    private static final String RESULTS = "/v1.0/{tenantId}/results";
    private static final String ALARM_CHANGELOG = "/v1.0/{tenantId}/changelogs/alarms";
    private static final String VIEWS = "/v1.0/{tenantId}/views";

    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Javalin server;
    private final GatewayMetrics metrics;
    private final BooleanSupplier open;

    /**
     * @param endpoints adds the routes
     * @param open whether requests are served at all; they get a 503 otherwise
     */
    private HttpApi(
            Consumer<RoutesConfig> endpoints, GatewayConfig settings, GatewayMetrics metrics, BooleanSupplier open) {
        this.metrics = metrics;
        this.open = open;
        this.server = Javalin.create(config -> {
            configure(config, settings);
            config.routes.before(this::begin);
            endpoints.accept(config.routes);
            translateFailures(config.routes);
            config.requestLogger.http((ctx, elapsedMs) -> measure(ctx, elapsedMs));
        });
    }

    /** The API over a view of the configuration, a log to write to, and time series to read. */
    static HttpApi of(
            GatewayConfig config,
            ConfigurationView view,
            RecordLog log,
            TimeSeries timeSeries,
            GatewayMetrics metrics,
            MeterRegistry meters,
            Clock clock,
            BooleanSupplier open) {
        ConfigurationWriter writer = new ConfigurationWriter(view, log, config.writeTimeout());
        EntityKind entities = new EntityKind(view);
        CheckKind checks = new CheckKind(view, config.minCheckPeriodSeconds(), config.maxChecksPerTenant());
        AlarmKind alarms = new AlarmKind(view, config.maxAlarmsPerTenant());
        ResultEndpoint results = new ResultEndpoint(
                new ResultJson(view, config.maxResultAge(), config.maxResultFuture()), log, clock, meters);
        MetricEndpoint metricsOfChecks = new MetricEndpoint(view, timeSeries, clock);
        ViewEndpoint views = new ViewEndpoint(view, entities, checks, alarms, timeSeries);
        Consumer<RoutesConfig> endpoints = routes -> {
            route(routes, ENTITIES, new ResourceEndpoint<>(entities, view, writer, clock));
            route(routes, CHECKS, new ResourceEndpoint<>(checks, view, writer, clock));
            route(routes, ALARMS, new ResourceEndpoint<>(alarms, view, writer, clock));
            routes.post(RESULTS, results::accept);
            routes.get(METRICS, metricsOfChecks::list);
            routes.get(METRICS + "/{name}/plot", metricsOfChecks::plot);
            routes.get(ALARM_CHANGELOG, new ChangelogEndpoint(timeSeries, clock)::list);
            routes.get(VIEWS + "/overview", views::overview);
            routes.get(VIEWS + "/latest_alarm_states", views::latestAlarmStates);
        };
        return new HttpApi(endpoints, config, metrics, open);
    }

    /**
     * @throws io.javalin.util.JavalinBindException when the port is taken
     */
    void start(String host, int port) {
        server.start(host, port);
    }

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    /** Takes no more requests, and lets those under way finish for a moment. */
    @Override
    public void close() {
        server.stop();
    }

    private static void configure(JavalinConfig config, GatewayConfig settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.defaultContentType = Requests.JSON;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = MAX_BODY_BYTES;
        config.jetty.modifyServer(jetty -> configure(jetty, settings.shutdownTimeout()));
        if (!settings.publicUrl().isEmpty()) {
            config.contextResolver.url = ctx -> settings.publicUrl() + ctx.path();
        }
    }

    private static void configure(Server jetty, Duration shutdownTimeout) {
        jetty.insertHandler(new GracefulHandler());
        jetty.setStopTimeout(shutdownTimeout.toMillis());
        jetty.setErrorHandler(new ServerFaults());
    }

    private static void route(RoutesConfig routes, String path, ResourceEndpoint<?> endpoint) {
        String one = path + "/{id}";
        routes.post(path, endpoint::create);
        routes.get(path, endpoint::list);
        routes.head(path, endpoint::list);
        routes.get(one, endpoint::show);
        routes.head(one, endpoint::show);
        routes.put(one, endpoint::update);
        routes.delete(one, endpoint::delete);
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
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        answer(ctx, new Fault(FaultType.SYSTEM_FAILURE, String.valueOf(failure.getMessage()), Map.of()));
    }

    /** What the HTTP server refuses before an endpoint sees it: no such path, wrong method, too long a body. */
    private static void answer(HttpResponseException e, Context ctx) {
        FaultType type = FaultType.ofStatus(e.getStatus());
        switch (type) {
            case NOT_FOUND -> answer(ctx, new Fault(type, "There is nothing at " + ctx.path(), Map.of()));
            case METHOD_NOT_ALLOWED -> {
                String allowed = String.join(", ", e.getDetails().values());
                ctx.header("Allow", allowed);
                answer(ctx, new Fault(type, ctx.path() + " takes " + allowed, Map.of("allowed", allowed)));
            }
            case REQUEST_TOO_LARGE ->
                answer(
                        ctx,
                        new Fault(
                                type,
                                "The body is longer than " + MAX_BODY_BYTES + " bytes",
                                Map.of("limit_bytes", MAX_BODY_BYTES)));
            default -> answer(ctx, new Fault(type, String.valueOf(e.getMessage()), Map.of()));
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
