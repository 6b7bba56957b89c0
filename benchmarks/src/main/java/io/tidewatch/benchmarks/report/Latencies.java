package io.tidewatch.benchmarks.report;

import java.util.Collection;

/** Durations of the same thing, measured again and again. */
public final class Latencies {
    private static final double NANOS_A_MS = 1e6;

    private final long[] sortedNanos;

    public Latencies(Collection<Long> nanos) {
        sortedNanos = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    public int count() {
        return sortedNanos.length;
    }

    /**
     * The smallest measured duration that {@code percent} of all do not exceed, as nobody measured anything in between.
     *
     * @param percent above 0, up to 100, which is the maximum
     * @return in milliseconds; not a number when nothing was measured
     */
    public double percentileMs(int percent) {
        if (sortedNanos.length == 0) {
            return Double.NaN;
        }
        int rank = (sortedNanos.length * percent + 99) / 100;
        return sortedNanos[Math.max(rank, 1) - 1] / NANOS_A_MS;
    }
}
