package io.tidewatch.gateway.history;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.TableSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The resolution of a plot: raw values, or windows of a rollup. Finest first.
 *
 * <p>Source: the metrics page of Rackspace Cloud Monitoring's manual, for the names, and the point every 30 seconds. How long
 * each is kept is the default; the sink's settings can have other lifetimes, and only what {@link #nearest} chooses goes by it.
 */
enum PlotResolution {
    FULL(Optional.empty()),
    MIN5(Optional.of(Resolution.MIN5)),
    MIN20(Optional.of(Resolution.MIN20)),
    MIN60(Optional.of(Resolution.MIN60)),
    MIN240(Optional.of(Resolution.MIN240)),
    MIN1440(Optional.of(Resolution.MIN1440));

    /** How often a check is expected to run. */
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(30);

    /** A request for "the last two days" has been on its way for some time when it is read. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration LONGEST_OF_DAYS = Duration.ofDays(400);
    private static final Duration LONGEST = Duration.ofDays(20 * 366);

    private final Optional<Resolution> rollups;
    private final Duration kept;

    PlotResolution(Optional<Resolution> rollups) {
        this.rollups = rollups;
        this.kept = rollups.map(TableSettings::keptByDefault).orElse(TableSettings.RESULTS_KEPT_BY_DEFAULT);
    }

    /**
     * The resolution whose expected number of points is nearest to what is asked for, the finer one of two that are as near;
     * among those that are kept long enough to reach back to the range's begin, or, where none is, the one kept longest.
     *
     * <p>So a resolution is left for the next coarser one at the arithmetic mean of their numbers, which are the limits that
     * the manual gives for 48 hours.
     */
    static PlotResolution nearest(double points, TimeRange range, Instant now) {
        return Arrays.stream(values())
                .filter(resolution -> resolution.reachesBackTo(range.from(), now))
                .min(Comparator.comparingDouble(
                        resolution -> Math.abs(resolution.expectedPoints(range.length()) - points)))
                .orElse(MIN1440);
    }

    /**
     * @throws Fault when there is none of that name
     */
    static PlotResolution named(String name) {
        return Arrays.stream(values())
                .filter(resolution -> resolution.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Fault.badField(
                        "resolution",
                        "has to be one of "
                                + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    /** The rollups it is made of; empty for the values themselves. */
    Optional<Resolution> rollups() {
        return rollups;
    }

    /** The longest range that may be asked for: partitions of days are many. */
    Duration longestRange() {
        return this == FULL || this == MIN5 ? LONGEST_OF_DAYS : LONGEST;
    }

    double expectedPoints(Duration range) {
        Duration spacing = rollups.map(Resolution::length).orElse(CHECK_PERIOD);
        return (double) range.toMillis() / spacing.toMillis();
    }

    private boolean reachesBackTo(Instant from, Instant now) {
        return !from.isBefore(now.minus(kept).minus(TOLERANCE));
    }
}
