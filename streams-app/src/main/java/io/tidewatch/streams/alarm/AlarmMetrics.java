package io.tidewatch.streams.alarm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the alarm application counts.
 *
 * <ul>
 *   <li>{@code tidewatch.alarms.observations}: results that some alarm judged, once for each alarm
 *   <li>{@code tidewatch.alarms.ignored}: results that no alarm considers, by {@code reason}: {@code unlisted-zone},
 *       {@code not-newer}; and {@code too-old}, once for each alarm
 *   <li>{@code tidewatch.alarms.transitions}: changes of an alarm's state
 *   <li>{@code tidewatch.alarms.disabled}: criteria that could not be evaluated
 * </ul>
 */
record AlarmMetrics(
        Counter observations,
        Counter unlistedZone,
        Counter notNewer,
        Counter tooOld,
        Counter transitions,
        Counter disabled) {
    private static final String IGNORED = "tidewatch.alarms.ignored";

    AlarmMetrics(MeterRegistry meters) {
        this(
                meters.counter("tidewatch.alarms.observations"),
                meters.counter(IGNORED, "reason", "unlisted-zone"),
                meters.counter(IGNORED, "reason", "not-newer"),
                meters.counter(IGNORED, "reason", "too-old"),
                meters.counter("tidewatch.alarms.transitions"),
                meters.counter("tidewatch.alarms.disabled"));
    }
}
