package io.tidewatch.streams.rollup;

import io.tidewatch.schema.MetricRollup;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rollup knows of the values of one metric, and all that is needed to take in more, or to be merged with another.
 * Merging two gives what one would have been given all values: exactly so for count, smallest, largest, first and last
 * and for the sketch; up to rounding for sum, mean and variance.
 *
 * <p>Mean and variance are kept as mean and sum of squared deviations, which stay accurate where a sum of squares would
 * cancel out. Source: Welford, "Note on a method for calculating corrected sums of squares and products" (1962), for one
 * value; Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979), for
 * merging.
 *
 * <p>Mutable; one thread at a time.
 */
public final class Accumulator {
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;
    private double squaredDeviations;
    private double first;
    private long firstAtMs = Long.MAX_VALUE;
    private double last;
    private long lastAtMs = Long.MIN_VALUE;
    private String unit = "";
    private long unitAtMs = Long.MIN_VALUE;
    private final ValueDistribution values = new ValueDistribution();

    /**
     * Takes in a value.
     *
     * @param named its unit; null when the value came without one
     * @throws IllegalArgumentException when {@link QuantileSketch#accepts} would have said no
     */
    public void add(double value, Instant at, @Nullable String named) {
        if (!QuantileSketch.accepts(value)) {
            throw new IllegalArgumentException("Can't roll up " + value);
        }
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double deviation = value - mean;
        mean += deviation / count;
        squaredDeviations += deviation * (value - mean);
        long atMs = at.toEpochMilli();
        takeFirst(value, atMs);
        takeLast(value, atMs);
        if (named != null) {
            takeUnit(named, atMs);
        }
        values.add(value);
    }

    /** Takes in all that {@code other} has taken in; {@code other} stays as it is. Nothing may be in both. */
    public void merge(Accumulator other) {
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double deviation = other.mean - mean;
        squaredDeviations += other.squaredDeviations + deviation * deviation * ((double) count * other.count / total);
        mean += deviation * other.count / total;
        count = total;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        takeFirst(other.first, other.firstAtMs);
        takeLast(other.last, other.lastAtMs);
        takeUnit(other.unit, other.unitAtMs);
        values.merge(other.values);
    }

    /** Makes its sketch smaller and its quantiles less accurate, see {@link QuantileSketch#coarsen}. */
    void coarsen(int step) {
        values.coarsen(step);
    }

    public long count() {
        return count;
    }

    /**
     * The value below which the given part of the values lies, within {@link QuantileSketch#RELATIVE_ACCURACY}.
     *
     * @param quantile from 0 to 1
     * @throws java.util.NoSuchElementException when there are no values
     */
    public double quantile(double quantile) {
        return values.sketch().quantile(quantile);
    }

    /** The rollup that this is, once it has at least one value. */
    public MetricRollup rollup(Series series, String metric, Resolution resolution, Instant windowStart) {
        return MetricRollup.newBuilder()
                .setTenantId(series.check().tenantId())
                .setEntityId(series.check().entityId())
                .setCheckId(series.check().checkId())
                .setZoneId(series.hasNoZone() ? null : series.zoneId())
                .setMetric(metric)
                .setUnit(unit.isEmpty() ? null : unit)
                .setResolutionMinutes(resolution.minutes())
                .setWindowStart(windowStart)
                .setCount(count)
                .setSum(sum)
                .setMin(min)
                .setMax(max)
                .setMean(mean)
                .setVariance(squaredDeviations / count)
                .setFirst(first)
                .setFirstAt(Instant.ofEpochMilli(firstAtMs))
                .setLast(last)
                .setLastAt(Instant.ofEpochMilli(lastAtMs))
                .setSketch(values.sketch().toProtobuf())
                .build();
    }

    /**
     * Writes what {@link #read} reads.
     *
     * @param base what timestamps are written relative to
     */
    void write(StoreOutput out, Instant base) {
        long baseMs = base.toEpochMilli();
        out.writeWhole(count);
        out.writeNumber(sum);
        out.writeNumber(min);
        out.writeNumber(max);
        out.writeNumber(mean);
        out.writeNumber(squaredDeviations);
        out.writeNumber(first);
        out.writeWhole(firstAtMs - baseMs);
        out.writeNumber(last);
        out.writeWhole(lastAtMs - baseMs);
        out.writeText(unit);
        if (!unit.isEmpty()) {
            out.writeWhole(unitAtMs - baseMs);
        }
        values.write(out, count);
    }

    /** Reads what was written relative to the same {@code base}. */
    static Accumulator read(StoreInput in, Instant base) {
        long baseMs = base.toEpochMilli();
        Accumulator read = new Accumulator();
        read.count = in.readWhole();
        read.sum = in.readNumber();
        read.min = in.readNumber();
        read.max = in.readNumber();
        read.mean = in.readNumber();
        read.squaredDeviations = in.readNumber();
        read.first = in.readNumber();
        read.firstAtMs = baseMs + in.readWhole();
        read.last = in.readNumber();
        read.lastAtMs = baseMs + in.readWhole();
        read.unit = in.readText();
        if (!read.unit.isEmpty()) {
            read.unitAtMs = baseMs + in.readWhole();
        }
        read.values.read(in, read.count);
        return read;
    }

    private void takeFirst(double value, long atMs) {
        if (atMs < firstAtMs) {
            first = value;
            firstAtMs = atMs;
        }
    }

    private void takeLast(double value, long atMs) {
        if (atMs > lastAtMs) {
            last = value;
            lastAtMs = atMs;
        }
    }

    private void takeUnit(String named, long atMs) {
        if (atMs > unitAtMs) {
            unit = named;
            unitAtMs = atMs;
        }
    }
}
