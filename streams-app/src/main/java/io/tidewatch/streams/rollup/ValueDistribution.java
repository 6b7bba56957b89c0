package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.QuantileSketch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a metric, from which their quantiles are computed: the values themselves as long as they are few, a sketch
 * when they are many. Most windows of five minutes have few, are written for each result, and need the sketch once, when
 * they are published. Mutable; one thread at a time.
 */
final class ValueDistribution {
    /** A sketch of so many values takes about as many bytes as they do. */
    private static final int FEW = 32;

    private final List<Double> few = new ArrayList<>();
    private @Nullable QuantileSketch many;

    void add(double value) {
        if (many != null) {
            many.add(value);
        } else if (few.size() < FEW) {
            few.add(value);
        } else {
            QuantileSketch all = sketch();
            all.add(value);
            become(all);
        }
    }

    /** Takes in all that {@code other} has taken in; {@code other} stays as it is. */
    void merge(ValueDistribution other) {
        if (other.many == null) {
            other.few.forEach(this::add);
        } else {
            QuantileSketch merged = sketch();
            merged.merge(other.many);
            become(merged);
        }
    }

    /** See {@link QuantileSketch#coarsen}. A few values stay as they are. */
    void coarsen(int step) {
        if (many != null) {
            many.coarsen(step);
        }
    }

    /** What tells the quantiles. Not to be changed. */
    QuantileSketch sketch() {
        if (many != null) {
            return many;
        }
        QuantileSketch sketch = new QuantileSketch();
        few.forEach(sketch::add);
        return sketch;
    }

    /** @param count how many values have been taken in, which the reader has to know */
    void write(StoreOutput out, long count) {
        if (count > FEW) {
            out.writeBytes(sketch().encode());
        } else {
            few.forEach(out::writeNumber);
        }
    }

    /** Reads what {@link #write} wrote for the same count, into one that is empty. */
    void read(StoreInput in, long count) {
        if (count > FEW) {
            many = QuantileSketch.decode(in.readBytes());
        } else {
            for (long remaining = count; remaining > 0; remaining--) {
                few.add(in.readNumber());
            }
        }
    }

    private void become(QuantileSketch sketch) {
        few.clear();
        many = sketch;
    }
}
