package io.tidewatch.streams.rollup;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.TextChange;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
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

    /**
     * Bounds how long one look takes, when thousands of windows end at the same time, or windows of thousands of metrics:
     * windows and records together. Source: our benchmark; some 10 us each on a slow machine.
     */
    private static final int MAX_WORK_A_LOOK = 20_000;

    /**
     * The same before a record that is much later than those before it, and before each of those that follow it, until
     * nothing is due any more. Source: derived; half a second, and some records go into one transaction of a few seconds.
     */
    private static final int MAX_WORK_A_RECORD = 50_000;

    /** Windows that are looked for at once. */
    private static final int MAX_WINDOWS_AT_ONCE = 2_000;

    private static final byte[] FIRST_TIME = {};
    private static final byte[] CORRECTION = {1};

    private final Times times;
    private final CaughtUpTime caughtUp;
    private final RollupMeters meters;
    private final Outputs outputs;
    private StoredWindows windows;
    private EnterResults results;
    private KeyValueStore<DueWindow, byte[]> unpublished;
    private RollupClock clock;
    private TextChanges textChanges;
    private long heardAtMs;
    private Instant earliestUnpublished = Instant.EPOCH;
    private boolean behind;

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
        windows = new StoredWindows(context::getStateStore, meters);
        results = new EnterResults(windows.of(Resolution.MIN5), meters);
        unpublished = context.getStateStore(RollupStores.UNPUBLISHED);
        clock = new RollupClock(context.getStateStore(RollupStores.CLOCK));
        textChanges = new TextChanges(windows.of(Resolution.MIN5));
        heardAtMs = caughtUpMs();
        context.schedule(
                LOOK_AFTER_WINDOWS_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                nowMs -> lookAgain(Instant.ofEpochMilli(nowMs)));
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
        if (behind
                || !eventTime.isBefore(clock.lookedUntil().plus(times.grace()).plus(LOOK_AFTER_EVENT_TIME))) {
            behind = !look(now, false, MAX_WORK_A_RECORD);
        }
        rollUp(result);
    }

    private void rollUp(CheckResult result) {
        Instant start = Resolution.MIN5.windowStart(result.getTimestamp());
        Series series = Series.of(result);
        EnterResults.Entry entry = results.enter(result, series, start);
        DueWindow due = DueWindow.starting(start, Resolution.MIN5, series.toString());
        boolean late = !due.end().isAfter(clock.lookedUntil());
        // Another result has marked it, unless that is published already.
        if (entry == EnterResults.Entry.FIRST || (entry == EnterResults.Entry.FURTHER && late)) {
            mark(due, late);
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
        behind &= !look(now, idle, MAX_WORK_A_LOOK);
    }

    private long caughtUpMs() {
        return caughtUp.elapsedMs(context().taskId().partition());
    }

    /**
     * Publishes the windows that are over, or as many of them.
     *
     * @return whether these were all
     */
    private boolean look(Instant now, boolean idle, int atMost) {
        Instant over = (idle ? now : clock.eventTime(now)).minus(times.grace());
        if (!idle) {
            clock.setLookedUntil(over);
        }
        int left = atMost;
        // Windows that are published mark coarser ones, which may be over as well.
        while (left > 0 && !earliestUnpublished.isAfter(over)) {
            List<KeyValue<DueWindow, byte[]>> due = firstWindowsUntil(over, Math.min(left, MAX_WINDOWS_AT_ONCE));
            earliestUnpublished =
                    due.isEmpty() ? over.plusMillis(1) : due.get(0).key.end();
            if (idle && !due.isEmpty()) {
                // No further than windows go: a backlog that is still to come is of the past, and not late for all
                // that.
                clock.setLookedUntil(due.get(due.size() - 1).key.end());
            }
            left -= publish(due, now, left);
        }
        return earliestUnpublished.isAfter(over);
    }

    /**
     * Publishes windows in their order, as far as no coarser window that this marks comes before the next one: a still
     * coarser one could be among them already, and has to wait for it.
     *
     * @return how much work that was, of the first one at least
     */
    private int publish(List<KeyValue<DueWindow, byte[]>> due, Instant now, int atMost) {
        NavigableSet<DueWindow> marked = new TreeSet<>();
        int work = 0;
        for (KeyValue<DueWindow, byte[]> row : due) {
            if (work >= atMost || (!marked.isEmpty() && marked.first().compareTo(row.key) < 0)) {
                break;
            }
            work++;
            Optional<SeriesWindow> found = windows.find(row.key);
            if (found.isPresent()) {
                work += publish(row.key, found.get(), now);
                boolean correction = row.value.length > 0;
                meters.countPublished(row.key.resolution(), correction);
                markAround(row.key, correction).ifPresent(marked::add);
            }
            unpublished.delete(row.key);
        }
        return work;
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

    /** @return how many records that was */
    private int publish(DueWindow due, SeriesWindow window, Instant now) {
        Series series = Series.parse(due.series());
        window.metrics()
                .forEach((metric, accumulator) -> forward(
                        series.rollupKey(metric),
                        accumulator.rollup(series, metric, due.resolution(), due.start()),
                        now,
                        outputs.metricRollups()));
        List<TextChange> changes = textChanges.of(series, window);
        changes.forEach(change -> forward(series.rollupKey(change.getMetric()), change, now, outputs.textChanges()));
        meters.texts().increment(changes.size());
        return window.metrics().size() + changes.size();
    }

    /** Marks the coarser window around one that has been published, and returns it if there is one. */
    private Optional<DueWindow> markAround(DueWindow due, boolean correction) {
        Optional<DueWindow> around = due.resolution()
                .coarser()
                .map(next -> DueWindow.starting(next.windowStart(due.start()), next, due.series()));
        around.ifPresent(coarser -> mark(coarser, correction && !coarser.end().isAfter(clock.lookedUntil())));
        return around;
    }

    /** The record's time is now, for the topic's retention goes by it; a correction may be of a window two days old. */
    private void forward(String key, SpecificRecord value, Instant now, String output) {
        context().forward(new Record<>(key, value, now.toEpochMilli()), output);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
