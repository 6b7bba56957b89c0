package io.tidewatch.streams.rollup;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Takes results into their windows of the finest resolution, as far as there is room: a check has so many {@linkplain
 * ZonesOfChecks#MAX_ZONES zones} in a window, and a {@link SeriesWindow} so many results, metrics, texts and bytes. What
 * comes first stays, so that a replay of the same records takes the same; what is left out is counted with its reason, and
 * is among the raw results all the same. Belongs to one stream task and its thread.
 */
final class EnterResults {
    private final WindowStore<String, SeriesWindow> windows;
    private final ZonesOfChecks zones;
    private final RollupMeters meters;

    /** What became of a result. */
    enum Entry {
        /** It is the first one of its window. */
        FIRST,
        /** Its window has had others. */
        FURTHER,
        /** It is in no window, or was already. */
        LEFT_OUT
    }

    /**
     * @param windows the store of the finest resolution
     */
    EnterResults(WindowStore<String, SeriesWindow> windows, RollupMeters meters) {
        this.windows = windows;
        this.zones = new ZonesOfChecks(windows);
        this.meters = meters;
    }

    /**
     * @param series that of the result
     * @param start of its window
     */
    Entry enter(CheckResult result, Series series, Instant start) {
        String key = series.toString();
        SeriesWindow stored = windows.fetch(key, start.toEpochMilli());
        if (stored == null && !zones.admit(series, start)) {
            meters.tooManyZones().increment();
            return Entry.LEFT_OUT;
        }
        SeriesWindow window = stored == null ? new SeriesWindow(start) : stored;
        if (!enter(window, result) || !keep(window, key)) {
            return Entry.LEFT_OUT;
        }
        return stored == null ? Entry.FIRST : Entry.FURTHER;
    }

    /** A result that would make its window too large is left out as a whole; the store has the window without it. */
    private boolean keep(SeriesWindow window, String key) {
        if (put(window, key)) {
            return true;
        }
        window.coarsen();
        boolean kept = put(window, key);
        (kept ? meters.coarsened() : meters.tooLargeWindow()).increment();
        return kept;
    }

    private boolean put(SeriesWindow window, String key) {
        try {
            windows.put(key, window, window.start().toEpochMilli());
            return true;
        } catch (FullWindowException e) {
            return false;
        }
    }

    private boolean enter(SeriesWindow window, CheckResult result) {
        boolean full = window.isFull();
        if (!window.enter(result.getTimestamp())) {
            meters.repeated().increment();
            return false;
        }
        if (full) {
            meters.tooManyResults().increment();
            return false;
        }
        addAll(window, result);
        return true;
    }

    /** Where not all metrics have room, those do that come first in the alphabet: a map's own order is an accident. */
    private void addAll(SeriesWindow window, CheckResult result) {
        Instant timestamp = result.getTimestamp();
        window.addNumber(Series.AVAILABILITY, result.getAvailable() ? 1 : 0, timestamp, null);
        Map<String, Metric> metrics = result.getMetrics();
        Map<String, Metric> inOrder = window.hasRoomForAny(metrics.size()) ? metrics : new TreeMap<>(metrics);
        inOrder.forEach((name, metric) -> add(window, name, metric, timestamp));
    }

    private void add(SeriesWindow window, String name, Metric metric, Instant timestamp) {
        if (name.equals(Series.AVAILABILITY)) {
            meters.reserved().increment();
        } else if (!(metric.getValue() instanceof Number number)) {
            addText(window, name, metric.getValue().toString(), timestamp);
        } else if (!QuantileSketch.accepts(number.doubleValue())) {
            meters.notNumbers().increment();
        } else if (!window.addNumber(name, number.doubleValue(), timestamp, metric.getUnit())) {
            meters.tooManyMetrics().increment();
        }
    }

    private void addText(SeriesWindow window, String name, String text, Instant timestamp) {
        if (!window.texts().containsKey(name) && !window.hasRoomFor(1)) {
            meters.tooManyMetrics().increment();
        } else if (!window.addText(name, text, timestamp)) {
            meters.tooManyTexts().increment();
        }
    }
}
