package io.tidewatch.criteria;

/**
 * What one mention of a metric in a criteria demands of the metric's value in the observation.
 *
 * @param metric the metric's complete name
 */
public record TypeDemand(String metric, Kind kind) {
    /** The kinds of value that can be demanded. */
    public enum Kind {
        /** An int64 or a double. */
        NUMERIC,
        /** A string, or a boolean, which compares as one. */
        TEXT
    }
}
