package io.tidewatch.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the gateway counts and times about itself. Thread-safe. */
final class GatewayMetrics {
    private static final String RESULTS = "tidewatch.gateway.results";
    private static final String OUTCOME = "outcome";

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter unacknowledged;
    private final Counter refusedBatches;
    private final Counter skippedRecords;
    private final Counter timeSeriesUnavailable;

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        accepted =
                results("accepted", "Check results acknowledged by Kafka, and those it did not acknowledge in time.");
        unacknowledged = results(
                "unacknowledged", "Check results acknowledged by Kafka, and those it did not acknowledge in time.");
        refusedBatches = Counter.builder("tidewatch.gateway.result.batches.refused")
                .description("Requests with check results that were refused for their content.")
                .register(registry);
        skippedRecords = Counter.builder("tidewatch.gateway.view.records.skipped")
                .description("Configuration records that could not be read and were passed over.")
                .register(registry);
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

    void resultsAccepted(int count) {
        accepted.increment(count);
    }

    void resultsUnacknowledged(int count) {
        unacknowledged.increment(count);
    }

    void batchRefused() {
        refusedBatches.increment();
    }

    void recordSkipped() {
        skippedRecords.increment();
    }

    void timeSeriesUnavailable() {
        timeSeriesUnavailable.increment();
    }

    void watchTimeSeries(BooleanSupplier connected) {
        Gauge.builder("tidewatch.gateway.timeseries.connected", () -> connected.getAsBoolean() ? 1 : 0)
                .description("1 once the gateway has reached Cassandra and found the tables, 0 before.")
                .register(registry);
    }

    void watchViewLag(Supplier<Number> records) {
        Gauge.builder("tidewatch.gateway.view.lag", records)
                .description("Configuration records that the view has yet to apply.")
                .baseUnit("records")
                .register(registry);
    }

    private Counter results(String outcome, String description) {
        return Counter.builder(RESULTS)
                .description(description)
                .tag(OUTCOME, outcome)
                .register(registry);
    }
}
