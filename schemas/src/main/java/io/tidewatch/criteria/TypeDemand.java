package io.tidewatch.criteria;

/**
 * The type that a metric's value must have at one place of a criteria.
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
