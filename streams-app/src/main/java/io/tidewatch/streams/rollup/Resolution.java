package io.tidewatch.streams.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A length of rollup windows. Windows of one resolution follow one another without gaps, aligned to the epoch. */
public enum Resolution {
    MIN5(5);

    private final int minutes;
    private final long lengthMs;

    Resolution(int minutes) {
        this.minutes = minutes;
        this.lengthMs = Duration.ofMinutes(minutes).toMillis();
    }

    /** The resolution with windows of so many minutes; empty when there is none. */
    public static Optional<Resolution> ofMinutes(int minutes) {
        return Arrays.stream(values())
                .filter(resolution -> resolution.minutes == minutes)
                .findFirst();
    }

    public int minutes() {
        return minutes;
    }

    public Duration length() {
        return Duration.ofMillis(lengthMs);
    }

    /** The first millisecond of the window that {@code at} falls into; also right before 1970. */
    public Instant windowStart(Instant at) {
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), lengthMs) * lengthMs);
    }

    /** The first millisecond after the window that begins at {@code start}. */
    public Instant windowEnd(Instant start) {
        return start.plusMillis(lengthMs);
    }
}
