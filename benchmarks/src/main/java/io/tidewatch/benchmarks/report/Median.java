package io.tidewatch.benchmarks.report;

import java.util.Collection;

/** The middle of several measurements of the same thing. */
public final class Median {
    private Median() {}

    /** Of an even number, the mean of the middle two; of none, not a number. */
    public static double of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
