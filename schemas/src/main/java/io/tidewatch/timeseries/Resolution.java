package io.tidewatch.timeseries;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A length of rollup windows. Windows of one resolution follow one another without gaps, aligned to the epoch, and each is
 * made of whole windows of the next finer one. Finest first.
 */
public enum Resolution {
    MIN5(5, Bucket.DAY, null),
    MIN20(20, Bucket.WEEK, MIN5),
    MIN60(60, Bucket.MONTH, MIN20),
    MIN240(240, Bucket.YEAR, MIN60),
    MIN1440(1440, Bucket.YEAR, MIN240);

    private static final Map<Integer, Resolution> BY_MINUTES = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Resolution::minutes, resolution -> resolution));

    private final int minutes;
    private final long lengthMs;
    private final Bucket bucket;
    private final @Nullable Resolution finer;

    Resolution(int minutes, Bucket bucket, @Nullable Resolution finer) {
        this.minutes = minutes;
        this.lengthMs = Duration.ofMinutes(minutes).toMillis();
        this.bucket = bucket;
        this.finer = finer;
    }

    /** The resolution with windows of so many minutes; empty when there is none. */
    public static Optional<Resolution> ofMinutes(int minutes) {
        return Optional.ofNullable(BY_MINUTES.get(minutes));
    }

    public int minutes() {
        return minutes;
    }

    public Duration length() {
        return Duration.ofMillis(lengthMs);
    }

    /** What a partition of the table of this resolution holds: of one series, some hundreds to thousands of windows. */
    public Bucket bucket() {
        return bucket;
    }

    /** The next coarser resolution; empty for the coarsest. */
    public Optional<Resolution> coarser() {
        return Arrays.stream(values())
                .filter(resolution -> resolution.finer == this)
                .findFirst();
    }

    /** The next finer resolution; empty for the finest. */
    public Optional<Resolution> finer() {
        return Optional.ofNullable(finer);
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
