package io.tidewatch.streams.rollup;

import io.tidewatch.schema.TextChange;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Finds where text metrics changed, when a window of the finest resolution is published: within the window, against the
 * text before it, and from its last text to the first one after it, which is another change when the window is a correction.
 *
 * <p>So whenever a window is published, each text in it has been compared with its neighbours as they are then. A neighbour
 * that changes later is in a window that will be published again, and compares itself. Thus a reader of the changes knows
 * the text at any time, whatever order the results came in; and none of the changes is ever wrong, for a result's text
 * stays what it is.
 *
 * <p>Belongs to one stream task and its thread.
 */
final class TextChanges {
    /** A metric that was not there for so long is published again, changed or not. The windows to look into stay few. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    /** Longer than results may be late: there is no window after it. */
    private static final Duration LOOK_AHEAD = Duration.ofDays(14);

    private final WindowStore<String, SeriesWindow> windows;

    TextChanges(WindowStore<String, SeriesWindow> windows) {
        this.windows = windows;
    }

    /** The changes that a window brings about, as it is in the store. */
    List<TextChange> of(Series series, SeriesWindow window) {
        List<TextChange> changes = new ArrayList<>();
        if (window.texts().isEmpty()) {
            return changes;
        }
        Map<String, Observation> before = before(series, window);
        Map<String, Observation> after = after(series, window);
        window.texts().forEach((metric, texts) -> {
            List<Observation> observed = new ArrayList<>();
            texts.byOffset().forEach((offsetMs, text) -> observed.add(Observation.in(window, offsetMs, text)));
            Optional.ofNullable(after.get(metric)).ifPresent(observed::add);
            Optional<String> current = Optional.ofNullable(before.get(metric)).map(Observation::text);
            for (Observation observation : observed) {
                Optional<String> text = Optional.of(observation.text());
                if (!text.equals(current)) {
                    changes.add(observation.change(series, metric));
                }
                current = text;
            }
        });
        return changes;
    }

    private Map<String, Observation> before(Series series, SeriesWindow window) {
        Instant from = window.start().minus(LOOK_BACK);
        try (WindowStoreIterator<SeriesWindow> earlier =
                windows.backwardFetch(series.toString(), from, window.start().minusMillis(1))) {
            return nearest(earlier, window.texts().keySet(), TextObservations::lastOffsetMs);
        }
    }

    private Map<String, Observation> after(Series series, SeriesWindow window) {
        Instant end = Resolution.MIN5.windowEnd(window.start());
        try (WindowStoreIterator<SeriesWindow> later = windows.fetch(series.toString(), end, end.plus(LOOK_AHEAD))) {
            return nearest(later, window.texts().keySet(), TextObservations::firstOffsetMs);
        }
    }

    private static Map<String, Observation> nearest(
            WindowStoreIterator<SeriesWindow> nearestFirst,
            Set<String> metrics,
            ToIntFunction<TextObservations> offset) {
        Map<String, Observation> found = new HashMap<>();
        while (nearestFirst.hasNext() && found.size() < metrics.size()) {
            SeriesWindow window = nearestFirst.next().value;
            window.texts().forEach((metric, texts) -> {
                if (metrics.contains(metric)) {
                    int offsetMs = offset.applyAsInt(texts);
                    found.putIfAbsent(metric, Observation.in(window, offsetMs, texts.at(offsetMs)));
                }
            });
        }
        return found;
    }

    private record Observation(Instant timestamp, String text) {
        static Observation in(SeriesWindow window, int offsetMs, String text) {
            return new Observation(window.start().plusMillis(offsetMs), text);
        }

        TextChange change(Series series, String metric) {
            return TextChange.newBuilder()
                    .setTenantId(series.check().tenantId())
                    .setEntityId(series.check().entityId())
                    .setCheckId(series.check().checkId())
                    .setZoneId(series.hasNoZone() ? null : series.zoneId())
                    .setMetric(metric)
                    .setTimestamp(timestamp)
                    .setValue(text)
                    .build();
        }
    }
}
