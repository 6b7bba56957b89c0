package io.tidewatch.streams.rollup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.timeseries.Resolution;

/**
 * What the application {@code rollups} counts.
 *
 * <ul>
 *   <li>{@code tidewatch.rollup.windows.published}: windows of a series, by {@code resolution} in minutes, corrections
 *       included
 *   <li>{@code tidewatch.rollup.windows.corrected}: those of them that late results brought about, after their time
 *   <li>{@code tidewatch.rollup.windows.incomplete}: those of them that had too much in them, and were published without
 *       some of their metrics, or with less accurate quantiles
 *   <li>{@code tidewatch.rollup.windows.coarsened}: how often a result found room only after its window was given less
 *       accurate quantiles
 *   <li>{@code tidewatch.rollup.windows.lost}: windows that can't be read or kept
 *   <li>{@code tidewatch.rollup.texts.published}: changes of text metrics
 *   <li>{@code tidewatch.rollup.results.skipped}: results that are not rolled up, by {@code reason}
 *   <li>{@code tidewatch.rollup.values.skipped}: metrics that are not, by {@code reason}
 * </ul>
 */
record RollupMeters(
        MeterRegistry meters,
        Counter texts,
        Counter repeated,
        Counter tooLate,
        Counter tooManyResults,
        Counter tooLargeWindow,
        Counter coarsened,
        Counter tooManyZones,
        Counter notNumbers,
        Counter reserved,
        Counter tooManyMetrics,
        Counter tooManyTexts) {
    private static final String RESULTS_SKIPPED = "tidewatch.rollup.results.skipped";
    private static final String VALUES_SKIPPED = "tidewatch.rollup.values.skipped";
    private static final String REASON = "reason";

    RollupMeters(MeterRegistry meters) {
        this(
                meters,
                meters.counter("tidewatch.rollup.texts.published"),
                meters.counter(RESULTS_SKIPPED, REASON, "repeated"),
                meters.counter(RESULTS_SKIPPED, REASON, "too late"),
                meters.counter(RESULTS_SKIPPED, REASON, "too many results in a window"),
                meters.counter(RESULTS_SKIPPED, REASON, "too large a window"),
                meters.counter("tidewatch.rollup.windows.coarsened"),
                meters.counter(RESULTS_SKIPPED, REASON, "too many zones"),
                meters.counter(VALUES_SKIPPED, REASON, "not a finite number"),
                meters.counter(VALUES_SKIPPED, REASON, "reserved name"),
                meters.counter(VALUES_SKIPPED, REASON, "too many metrics in a window"),
                meters.counter(VALUES_SKIPPED, REASON, "too many texts in a window"));
    }

    void countPublished(Resolution resolution, boolean correction) {
        windows("tidewatch.rollup.windows.published", resolution).increment();
        if (correction) {
            windows("tidewatch.rollup.windows.corrected", resolution).increment();
        }
    }

    void countIncomplete(Resolution resolution) {
        windows("tidewatch.rollup.windows.incomplete", resolution).increment();
    }

    void countLost(Resolution resolution) {
        windows("tidewatch.rollup.windows.lost", resolution).increment();
    }

    private Counter windows(String name, Resolution resolution) {
        return meters.counter(name, "resolution", Integer.toString(resolution.minutes()));
    }
}
