package io.tidewatch.timeseries;

import java.util.Locale;

/** The type of a metric's values. */
public enum MetricKind {
    NUMBER,
    TEXT;

    /** As in the column {@code kind} of {@code metrics}, and in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what {@link #word} gave.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static MetricKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
