package io.tidewatch.streams.rollup;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import io.tidewatch.schema.MetricRollup;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

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
 * <p>The sketch is a DDSketch. Its sparse store grows with the number of distinct magnitudes, not with their range, so that
 * no value can make it large. Source: Masson, Rim and Lee, "DDSketch" (VLDB 2019).
 *
 * <p>Mutable; one thread at a time.
 */
public final class Accumulator {
    /** How far a quantile may be off, as a part of itself. */
    public static final double RELATIVE_ACCURACY = 0.01;

    private static final IndexMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

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
    private final DDSketch sketch;

    public Accumulator() {
        this(new DDSketch(MAPPING, SparseStore::new));
    }

    private Accumulator(DDSketch sketch) {
        this.sketch = sketch;
    }

    /** Whether a value can be rolled up: a number, and not so large that the sketch could not hold it. */
    public static boolean accepts(double value) {
        return Math.abs(value) <= MAPPING.maxIndexableValue();
    }

    /**
     * Takes in a value.
     *
     * @param unit empty when the value came without one
     * @throws IllegalArgumentException when {@link #accepts} would have said no
     */
    public void add(double value, Instant at, Optional<String> unit) {
        if (!accepts(value)) {
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
        unit.ifPresent(named -> takeUnit(named, atMs));
        sketch.accept(value);
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
        sketch.mergeWith(other.sketch);
    }

    public long count() {
        return count;
    }

    /**
     * The value below which the given part of the values lies, within {@link #RELATIVE_ACCURACY}.
     *
     * @param quantile from 0 to 1
     * @throws java.util.NoSuchElementException when there are no values
     */
    public double quantile(double quantile) {
        return sketch.getValueAtQuantile(quantile);
    }

    /** The rollup that this is, once it has at least one value. */
    MetricRollup rollup(Series series, String metric, Resolution resolution, Instant windowStart) {
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
                .setSketch(sketch.serialize())
                .build();
    }

    /** Writes what {@link #read} reads. */
    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(sum);
        out.writeDouble(min);
        out.writeDouble(max);
        out.writeDouble(mean);
        out.writeDouble(squaredDeviations);
        out.writeDouble(first);
        out.writeLong(firstAtMs);
        out.writeDouble(last);
        out.writeLong(lastAtMs);
        StoreFormat.writeText(out, unit);
        out.writeLong(unitAtMs);
        GrowingByteArrayOutput bins = GrowingByteArrayOutput.withDefaultInitialCapacity();
        sketch.encode(bins, true);
        out.writeInt(bins.numWrittenBytes());
        out.write(bins.backingArray(), 0, bins.numWrittenBytes());
    }

    static Accumulator read(DataInput in) throws IOException {
        long count = in.readLong();
        double sum = in.readDouble();
        double min = in.readDouble();
        double max = in.readDouble();
        double mean = in.readDouble();
        double squaredDeviations = in.readDouble();
        double first = in.readDouble();
        long firstAtMs = in.readLong();
        double last = in.readDouble();
        long lastAtMs = in.readLong();
        String unit = StoreFormat.readText(in);
        long unitAtMs = in.readLong();
        byte[] bins = new byte[in.readInt()];
        in.readFully(bins);
        Accumulator read = new Accumulator(DDSketch.decode(ByteArrayInput.wrap(bins), SparseStore::new, MAPPING));
        read.count = count;
        read.sum = sum;
        read.min = min;
        read.max = max;
        read.mean = mean;
        read.squaredDeviations = squaredDeviations;
        read.first = first;
        read.firstAtMs = firstAtMs;
        read.last = last;
        read.lastAtMs = lastAtMs;
        read.unit = unit;
        read.unitAtMs = unitAtMs;
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
