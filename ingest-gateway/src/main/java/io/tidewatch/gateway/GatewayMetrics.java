package io.tidewatch.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidewatch.gateway.server.Refusal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the gateway counts and times about itself. Thread-safe. */
final class GatewayMetrics {
    private final MeterRegistry registry;
    private final Counter timeSeriesUnavailable;

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        timeSeriesUnavailable = Counter.builder("tidewatch.gateway.timeseries.unavailable")
                .description("Requests that got a 503 because Cassandra was away or slow.")
                .register(registry);
    }

    /**
     * @param route the route's pattern, never the path itself, which would make a time series for each resource
     */
    void request(String route, String method, int status, Duration duration) {
        Timer.builder("tidewatch.gateway.requests")
                .description("HTTP requests by route, method and status, with the time until the answer was written.")
                .tag("route", route)
                .tag("method", method)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(duration);
    }

    /** A connection or a request was turned away before the API saw it. */
    void refused(Refusal reason) {
        Counter.builder("tidewatch.gateway.refused")
                .description(
                        "Connections and requests turned away before the API saw them, by the bound that they met.")
                .tag("reason", reason.word())
                .register(registry)
                .increment();
    }

    void timeSeriesUnavailable() {
        timeSeriesUnavailable.increment();
    }

    void watchConfiguration(Supplier<Number> heapBytes, long maxHeapBytes) {
        Gauge.builder("tidewatch.gateway.configuration.heap", heapBytes)
                .description("Memory that the configuration takes, about.")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("tidewatch.gateway.configuration.heap.max", () -> maxHeapBytes)
                .description("Memory that the configuration may take; what would take it beyond is refused.")
                .baseUnit("bytes")
                .register(registry);
    }

    void watchTimeSeries(BooleanSupplier connected) {
        Gauge.builder("tidewatch.gateway.timeseries.connected", () -> connected.getAsBoolean() ? 1 : 0)
                .description("1 once the gateway has reached Cassandra and found the tables, 0 before.")
                .register(registry);
    }
}
