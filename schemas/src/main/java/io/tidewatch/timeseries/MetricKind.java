package io.tidewatch.timeseries;

import java.util.Locale;

/** What the values of a metric are. */
public enum MetricKind {
    NUMBER,
    TEXT;

    /** As in the column {@code kind} of {@code metrics}. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #stored} gave.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static MetricKind ofStored(String kind) {
        return valueOf(kind.toUpperCase(Locale.ROOT));
    }
}
