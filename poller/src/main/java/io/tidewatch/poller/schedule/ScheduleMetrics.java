package io.tidewatch.poller.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidewatch.poller.probe.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What an operator sees of the schedule. Thread-safe. */
public final class ScheduleMetrics {
    private final MeterRegistry registry;
    private final Timer delay;
    private final Counter skipped;

    public ScheduleMetrics(MeterRegistry registry) {
        this.registry = registry;
        delay = Timer.builder("tidewatch.poller.schedule.delay")
                .description("How long after its slot a run began")
                .serviceLevelObjectives(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1))
                .register(registry);
        skipped = Counter.builder("tidewatch.poller.runs.skipped")
                .description("Runs that were due while the check's last run was still going")
                .register(registry);
    }

    /** The registry keeps both suppliers alive: nobody else refers to them. */
    void watch(IntSupplier scheduled, IntSupplier inFlight) {
        Gauge.builder("tidewatch.poller.checks", scheduled, IntSupplier::getAsInt)
                .description("Checks that this poller runs")
                .strongReference(true)
                .register(registry);
        Gauge.builder("tidewatch.poller.runs.in.flight", inFlight, IntSupplier::getAsInt)
                .description("Runs that are going on")
                .strongReference(true)
                .register(registry);
    }

    void late(long nanos) {
        delay.record(nanos, TimeUnit.NANOSECONDS);
    }

    void skipped() {
        skipped.increment();
    }

    /** Outcomes are a closed set, and so are types: whoever takes checks in knows which there are. */
    void ran(String type, Outcome outcome) {
        String label = outcome instanceof Outcome.Unavailable failed
                ? failed.kind().name().toLowerCase(Locale.ROOT)
                : "available";
        registry.counter("tidewatch.poller.runs", "type", type, "outcome", label)
                .increment();
    }
}
