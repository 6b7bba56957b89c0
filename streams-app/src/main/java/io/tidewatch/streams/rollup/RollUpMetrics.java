package io.tidewatch.streams.rollup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.MetricRollup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Rolls up the numeric metrics of check results by series and window of event time, and forwards a {@link MetricRollup}
 * for each metric of a window once the window is over.
 *
 * <p>A window is over when results of a later time have come and {@link Times#grace} has passed between; or, when no
 * results come any more, by the wall clock of Kafka Streams. A result that comes later still opens its window again, and
 * the whole window is forwarded once more: the newer record replaces the older one. Windows that are not over are not
 * forwarded: the newest five minutes are there as raw results, and the writes would multiply.
 *
 * <p>The store of windows holds what late results can still correct; a second one lists the windows that hold something
 * unpublished, so that a restart forgets none. A coarser resolution would add a store of windows that are merged from the
 * finer ones as these are published. One instance belongs to one stream task and its thread.
 */
public final class RollUpMetrics extends ContextualProcessor<String, CheckResult, String, MetricRollup> {
    /** The store of windows: {@link SeriesWindow} by series and window start. */
    public static final String WINDOWS = "rollup-windows-5m";

    /** The store of windows that hold something unpublished. */
    public static final String UNPUBLISHED = "unpublished-rollups";

    /** Results may lie an hour ahead of their records, and those an hour ahead of the broker; and a segment's slack. */
    private static final Duration CLOCK_SLACK = Duration.ofHours(3);

    private static final Duration LOOK_AFTER_WINDOWS_EVERY = Duration.ofSeconds(1);

    /** Bounds how long one look takes, when thousands of windows end at the same time. */
    private static final int MAX_WINDOWS_A_LOOK = 2_000;

    private static final Resolution RESOLUTION = Resolution.MIN5;

    private final Times times;
    private final Counter repeated;
    private final Counter tooLate;
    private final Counter notNumbers;
    private Instant newest = Instant.EPOCH;
    private Instant lastRecordAt = Instant.EPOCH;
    private WindowStore<String, SeriesWindow> windows;
    private KeyValueStore<DueWindow, byte[]> unpublished;

    /**
     * When windows are published.
     *
     * @param grace how long after its end a window waits for stragglers before it is published
     * @param idle with no record for so long, windows end by the wall clock
     * @param lateness how old a result may be, against the newest one, to still correct its window
     */
    public record Times(Duration grace, Duration idle, Duration lateness) {}

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public RollUpMetrics(Times times, MeterRegistry meters) {
        this.times = times;
        this.repeated = meters.counter("tidewatch.rollup.results.skipped", "reason", "repeated");
        this.tooLate = meters.counter("tidewatch.rollup.results.skipped", "reason", "too late");
        this.notNumbers = meters.counter("tidewatch.rollup.values.skipped", "reason", "not a finite number");
    }

    /** The stores that this processor needs. */
    public static Set<StoreBuilder<?>> stores(Times times) {
        Duration kept = times.lateness().plus(CLOCK_SLACK);
        return Set.of(
                Stores.windowStoreBuilder(
                                Stores.persistentWindowStore(WINDOWS, kept, RESOLUTION.length(), false),
                                Serdes.String(),
                                StoreFormat.windows())
                        .withCachingEnabled(),
                Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(UNPUBLISHED), StoreFormat.dueWindows(), Serdes.ByteArray()));
    }

    @Override
    public void init(ProcessorContext<String, MetricRollup> context) {
        super.init(context);
        windows = context.getStateStore(WINDOWS);
        unpublished = context.getStateStore(UNPUBLISHED);
        lastRecordAt = Instant.ofEpochMilli(context.currentSystemTimeMs());
        context.schedule(
                LOOK_AFTER_WINDOWS_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                nowMs -> publishWindowsThatAreOver(Instant.ofEpochMilli(nowMs)));
    }

    @Override
    public void process(Record<String, CheckResult> record) {
        CheckResult result = record.value();
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        lastRecordAt = now;
        newest = latest(newest, result.getTimestamp());
        if (result.getTimestamp().isBefore(latest(Instant.EPOCH, eventTime(now).minus(times.lateness())))) {
            tooLate.increment();
            return;
        }
        if (result.getMetrics().values().stream()
                .anyMatch(metric -> number(metric).isPresent())) {
            rollUp(result);
        }
    }

    private void rollUp(CheckResult result) {
        Instant timestamp = result.getTimestamp();
        Instant start = RESOLUTION.windowStart(timestamp);
        String series = Series.of(result).toString();
        SeriesWindow stored = windows.fetch(series, start.toEpochMilli());
        SeriesWindow window = stored == null ? new SeriesWindow() : stored;
        if (!window.enter(start, timestamp)) {
            repeated.increment();
            return;
        }
        result.getMetrics()
                .forEach((name, metric) -> number(metric)
                        .ifPresent(
                                value -> add(window, name, value, timestamp, Optional.ofNullable(metric.getUnit()))));
        windows.put(series, window, start.toEpochMilli());
        unpublished.putIfAbsent(new DueWindow(RESOLUTION.windowEnd(start), RESOLUTION, series), new byte[0]);
    }

    private void add(SeriesWindow window, String name, double value, Instant timestamp, Optional<String> unit) {
        if (Accumulator.accepts(value)) {
            window.metric(name).add(value, timestamp, unit);
        } else {
            notNumbers.increment();
        }
    }

    private void publishWindowsThatAreOver(Instant now) {
        boolean idle = !now.isBefore(lastRecordAt.plus(times.idle()));
        Instant over = (idle ? now : eventTime(now)).minus(times.grace());
        for (DueWindow due : firstWindowsUntil(over)) {
            publish(due, now);
            unpublished.delete(due);
        }
    }

    private List<DueWindow> firstWindowsUntil(Instant over) {
        List<DueWindow> due = new ArrayList<>();
        try (KeyValueIterator<DueWindow, byte[]> rows =
                unpublished.range(DueWindow.FIRST, DueWindow.afterAllUntil(over))) {
            while (rows.hasNext() && due.size() < MAX_WINDOWS_A_LOOK) {
                due.add(rows.next().key);
            }
        }
        return due;
    }

    private void publish(DueWindow due, Instant now) {
        SeriesWindow window = windows.fetch(due.series(), due.start().toEpochMilli());
        if (window == null) {
            return; // It went past the store's retention while the application was away for longer than that.
        }
        Series series = Series.parse(due.series());
        for (Map.Entry<String, Accumulator> metric : window.metrics().entrySet()) {
            MetricRollup rollup = metric.getValue().rollup(series, metric.getKey(), due.resolution(), due.start());
            // The record's time is now, for the topic's retention goes by it; a correction may be of a window two days
            // old.
            context().forward(new Record<>(series.rollupKey(metric.getKey()), rollup, now.toEpochMilli()));
        }
    }

    /** The newest result's time, but for a collector whose clock is ahead. */
    private Instant eventTime(Instant now) {
        return newest.isAfter(now) ? now : newest;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static OptionalDouble number(Metric metric) {
        return metric.getValue() instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
