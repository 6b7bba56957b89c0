package io.tidewatch.streams.rollup;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.streams.intake.CaughtUpTime;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Rolls up the metrics of check results by series and window of event time, and forwards what they come to once the window
 * is over: a {@link io.tidewatch.schema.MetricRollup} for each numeric metric and for the availability of the check, and a
 * {@link io.tidewatch.schema.TextChange} wherever a text metric became another.
 *
 * <p>A window is over when results of a later time have come and {@link Times#grace} has passed between; or, when no
 * results come any more, by the wall clock of Kafka Streams. A result that comes later still opens its window again, and
 * the whole window is forwarded once more: the newer record replaces the older one. Windows that are not over are not
 * forwarded: the newest five minutes are there as raw results, and the writes would multiply.
 *
 * <p>Results enter windows of the finest resolution. Whenever one of these is published, the window of the next coarser
 * resolution around it becomes unpublished, and when its turn comes it is made anew, as a whole, from all finer ones that
 * lie in it. So no value is counted twice, and a correction reaches every resolution. Finer windows have their turn before
 * coarser ones that end at the same time, see {@link DueWindow}.
 *
 * <p>The stores of windows hold what late results can still correct; another one lists the windows that hold something
 * unpublished, so that a restart forgets none. One instance belongs to one stream task and its thread.
 */
public final class RollUpMetrics extends ContextualProcessor<String, CheckResult, String, SpecificRecord> {
    private static final Duration LOOK_AFTER_WINDOWS_EVERY = Duration.ofSeconds(1);

    /**
     * A backlog can hold a day in a second. The stores' retention goes by event time and would not wait for the next look.
     */
    private static final Duration LOOK_AFTER_EVENT_TIME = Duration.ofHours(1);

    /** Bounds how long one look takes, when thousands of windows end at the same time. */
    private static final int MAX_WINDOWS_A_LOOK = 2_000;

    private static final byte[] FIRST_TIME = {};
    private static final byte[] CORRECTION = {1};

    private final Times times;
    private final CaughtUpTime caughtUp;
    private final RollupMeters meters;
    private final Outputs outputs;
    private final Map<Resolution, WindowStore<String, SeriesWindow>> windows = new EnumMap<>(Resolution.class);
    private KeyValueStore<DueWindow, byte[]> unpublished;
    private RollupClock clock;
    private TextChanges textChanges;
    private long heardAtMs;
    private Instant earliestUnpublished = Instant.EPOCH;

    /**
     * When windows are published.
     *
     * @param grace how long after its end a window waits for stragglers before it is published
     * @param idle with no record for so long, and none waiting, windows end by the wall clock
     * @param lateness how old a result may be, against the newest one, to still correct its window
     */
    public record Times(Duration grace, Duration idle, Duration lateness) {}

    /** The names of the nodes that records are forwarded to. */
    public record Outputs(String metricRollups, String textChanges) {}

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public RollUpMetrics(Times times, CaughtUpTime caughtUp, MeterRegistry meters, Outputs outputs) {
        this.times = times;
        this.caughtUp = caughtUp;
        this.meters = new RollupMeters(meters);
        this.outputs = outputs;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        for (Resolution resolution : Resolution.values()) {
            if (resolution.coarser().isPresent()) {
                windows.put(resolution, context.getStateStore(RollupStores.windows(resolution)));
            }
        }
        windows.values().forEach(RollUpMetrics::giveAnOffset);
        unpublished = context.getStateStore(RollupStores.UNPUBLISHED);
        clock = new RollupClock(context.getStateStore(RollupStores.CLOCK));
        textChanges = new TextChanges(store(Resolution.MIN5));
        heardAtMs = caughtUpMs();
        context.schedule(
                LOOK_AFTER_WINDOWS_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                nowMs -> lookAgain(Instant.ofEpochMilli(nowMs)));
    }

    /**
     * Deletes what isn't there from an empty store. Kafka Streams 4.3 knows how far a store of windows is from its segments;
     * of one that never had any it doesn't, takes the whole task for corrupted, and restores all of its stores from scratch,
     * at each start and handover. Source: {@code AbstractSegments.committedOffset} and {@code
     * ProcessorStateManager.initializeStoreOffsets}.
     */
    private static void giveAnOffset(WindowStore<String, SeriesWindow> store) {
        try (var all = store.all()) {
            if (!all.hasNext()) {
                store.put("", null, 0);
            }
        }
    }

    @Override
    public void process(Record<String, CheckResult> record) {
        CheckResult result = record.value();
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        heardAtMs = caughtUpMs();
        clock.advanceTo(result.getTimestamp());
        Instant eventTime = clock.eventTime(now);
        if (result.getTimestamp().isBefore(latest(Instant.EPOCH, eventTime.minus(times.lateness())))) {
            meters.tooLate().increment();
            return;
        }
        if (!eventTime.isBefore(clock.lookedUntil().plus(times.grace()).plus(LOOK_AFTER_EVENT_TIME))) {
            look(now, false, Integer.MAX_VALUE);
        }
        rollUp(result);
    }

    private void rollUp(CheckResult result) {
        Instant timestamp = result.getTimestamp();
        Instant start = Resolution.MIN5.windowStart(timestamp);
        String series = Series.of(result).toString();
        SeriesWindow stored = store(Resolution.MIN5).fetch(series, start.toEpochMilli());
        SeriesWindow window = stored == null ? new SeriesWindow(start) : stored;
        if (!window.enter(timestamp)) {
            meters.repeated().increment();
            return;
        }
        window.addNumber(Series.AVAILABILITY, result.getAvailable() ? 1 : 0, timestamp, null);
        result.getMetrics().forEach((name, metric) -> add(window, name, metric, timestamp));
        store(Resolution.MIN5).put(series, window, start.toEpochMilli());
        DueWindow due = DueWindow.starting(start, Resolution.MIN5, series);
        boolean late = !due.end().isAfter(clock.lookedUntil());
        // Another result has marked it, unless that is published already.
        if (stored == null || late) {
            mark(due, late);
        }
    }

    private void add(SeriesWindow window, String name, Metric metric, Instant timestamp) {
        if (name.equals(Series.AVAILABILITY)) {
            meters.reserved().increment();
        } else if (!(metric.getValue() instanceof Number number)) {
            window.addText(name, metric.getValue().toString(), timestamp);
        } else if (QuantileSketch.accepts(number.doubleValue())) {
            window.addNumber(name, number.doubleValue(), timestamp, metric.getUnit());
        } else {
            meters.notNumbers().increment();
        }
    }

    private void mark(DueWindow due, boolean correction) {
        unpublished.putIfAbsent(due, correction ? CORRECTION : FIRST_TIME);
        if (due.end().isBefore(earliestUnpublished)) {
            earliestUnpublished = due.end();
        }
    }

    /** By the wall clock when nothing has come for so long, and nothing is waiting either. */
    private void lookAgain(Instant now) {
        boolean idle = caughtUpMs() - heardAtMs >= times.idle().toMillis();
        look(now, idle, MAX_WINDOWS_A_LOOK);
    }

    private long caughtUpMs() {
        return caughtUp.elapsedMs(context().taskId().partition());
    }

    /** Publishes the windows that are over, or as many of them. */
    private void look(Instant now, boolean idle, int atMost) {
        Instant over = (idle ? now : clock.eventTime(now)).minus(times.grace());
        if (!idle) {
            clock.setLookedUntil(over);
        }
        int left = atMost;
        // Windows that are published mark coarser ones, which may be over as well.
        while (left > 0 && !earliestUnpublished.isAfter(over)) {
            List<KeyValue<DueWindow, byte[]>> due = firstWindowsUntil(over, Math.min(left, MAX_WINDOWS_A_LOOK));
            earliestUnpublished =
                    due.isEmpty() ? over.plusMillis(1) : due.get(0).key.end();
            if (idle && !due.isEmpty()) {
                // No further than windows go: a backlog that is still to come is of the past, and not late for all
                // that.
                clock.setLookedUntil(due.get(due.size() - 1).key.end());
            }
            left -= publish(due, now);
        }
    }

    /**
     * Publishes windows in their order, as far as no coarser window that this marks comes before the next one: a still
     * coarser one could be among them already, and has to wait for it.
     *
     * @return how many were published, at least the first
     */
    private int publish(List<KeyValue<DueWindow, byte[]>> due, Instant now) {
        NavigableSet<DueWindow> marked = new TreeSet<>();
        int published = 0;
        for (KeyValue<DueWindow, byte[]> row : due) {
            if (!marked.isEmpty() && marked.first().compareTo(row.key) < 0) {
                break;
            }
            publish(row.key, row.value.length > 0, now).ifPresent(marked::add);
            unpublished.delete(row.key);
            published++;
        }
        return published;
    }

    private List<KeyValue<DueWindow, byte[]>> firstWindowsUntil(Instant over, int atMost) {
        List<KeyValue<DueWindow, byte[]>> due = new ArrayList<>();
        try (KeyValueIterator<DueWindow, byte[]> rows =
                unpublished.range(DueWindow.firstFrom(earliestUnpublished), DueWindow.afterAllUntil(over))) {
            while (rows.hasNext() && due.size() < atMost) {
                due.add(rows.next());
            }
        }
        return due;
    }

    /** Publishes a window and marks the coarser one around it, which is returned if there is one. */
    private Optional<DueWindow> publish(DueWindow due, boolean correction, Instant now) {
        Optional<SeriesWindow> found = due.resolution()
                .finer()
                .map(finer -> merged(due, finer))
                .orElseGet(() -> Optional.ofNullable(
                        store(due.resolution()).fetch(due.series(), due.start().toEpochMilli())));
        if (found.isEmpty()) {
            return Optional
                    .empty(); // It went past the store's retention while the application was away for longer than that.
        }
        SeriesWindow window = found.get();
        Series series = Series.parse(due.series());
        window.metrics()
                .forEach((metric, accumulator) -> forward(
                        series.rollupKey(metric),
                        accumulator.rollup(series, metric, due.resolution(), due.start()),
                        now,
                        outputs.metricRollups()));
        textChanges.of(series, window).forEach(change -> {
            forward(series.rollupKey(change.getMetric()), change, now, outputs.textChanges());
            meters.texts().increment();
        });
        meters.countPublished(due.resolution(), correction);
        Optional<DueWindow> around = due.resolution()
                .coarser()
                .map(next -> DueWindow.starting(next.windowStart(due.start()), next, due.series()));
        around.ifPresent(coarser -> mark(coarser, correction && !coarser.end().isAfter(clock.lookedUntil())));
        return around;
    }

    /** A coarser window, from all finer ones in it; empty when there are none. Kept for the next coarser one, if any. */
    private Optional<SeriesWindow> merged(DueWindow due, Resolution finer) {
        SeriesWindow merged = new SeriesWindow(due.start());
        try (WindowStoreIterator<SeriesWindow> parts =
                store(finer).fetch(due.series(), due.start(), due.end().minusMillis(1))) {
            parts.forEachRemaining(part -> merged.merge(part.value));
        }
        if (merged.metrics().isEmpty()) {
            return Optional.empty();
        }
        if (due.resolution().coarser().isPresent()) {
            store(due.resolution()).put(due.series(), merged, due.start().toEpochMilli());
        }
        return Optional.of(merged);
    }

    /** The record's time is now, for the topic's retention goes by it; a correction may be of a window two days old. */
    private void forward(String key, SpecificRecord value, Instant now, String output) {
        context().forward(new Record<>(key, value, now.toEpochMilli()), output);
    }

    private WindowStore<String, SeriesWindow> store(Resolution resolution) {
        return Objects.requireNonNull(windows.get(resolution));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
