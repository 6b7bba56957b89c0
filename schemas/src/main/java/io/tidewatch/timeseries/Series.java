package io.tidewatch.timeseries;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.topics.CheckPath;
import java.util.Objects;

/**
 * The results of one check from one monitoring zone, which are stored together.
 *
 * @param zoneId empty text for an agent's check, which has no zone. No zone's id is empty, so that {@code tenant/entity/
 *     check//metric} means one series only and sorts before those of the same check with a zone
 */
public record Series(CheckPath check, String zoneId) {
    /**
     * The metric, in rollups, that is the availability of the check itself: 1 for a run that was available, 0 for another.
     * No criteria can name a metric with an @, and a producer's metric of this name is not rolled up.
     */
    public static final String AVAILABILITY = "@available";

    private static final String NO_ZONE = "";

    public static Series of(CheckResult result) {
        return new Series(CheckPath.of(result), Objects.requireNonNullElse(result.getZoneId(), NO_ZONE));
    }

    /** Reads what {@link #toString} wrote. */
    public static Series parse(String text) {
        String[] segments = text.split("/", -1);
        return new Series(new CheckPath(segments[0], segments[1], segments[2]), segments[3]);
    }

    /** Whether this is an agent's check. */
    public boolean hasNoZone() {
        return zoneId.equals(NO_ZONE);
    }

    /** The key of a rollup of this series. A metric's name comes last, because it may contain slashes. */
    public String rollupKey(String metric) {
        return this + "/" + metric;
    }

    /** {@code tenant/entity/check/zone}. */
    @Override
    public String toString() {
        return check + "/" + zoneId;
    }
}
