package io.tidewatch.timeseries;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketchProtoBinding;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sketch that counts values by magnitude, and gives any quantile of them within {@link #RELATIVE_ACCURACY}. Two merged
 * sketches are the sketch of all their values.
 *
 * <p>It is a DDSketch. Its sparse store grows with the number of distinct magnitudes, not with their range, so that no value
 * can make it large. Many can, where they are spread over many powers of ten: a sketch that has been merged has {@link
 * #MAX_BINS} bins at most, and is less accurate where it would need more. Source: Masson, Rim and Lee, "DDSketch" (VLDB
 * 2019).
 *
 * <p>Mutable; one thread at a time.
 */
public final class QuantileSketch {
    /** The largest error of a quantile, relative to its value. */
    public static final double RELATIVE_ACCURACY = 0.01;

    /**
     * The bins that hold values up to 10^17 times as large as the smallest one, each within {@link #RELATIVE_ACCURACY}. In
     * protobuf form a bin is 15 bytes. Source: the limit in the paper's own experiments.
     */
    public static final int MAX_BINS = 2048;

    private static final IndexMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

    private DDSketch sketch;

    public QuantileSketch() {
        this(new DDSketch(MAPPING, SparseStore::new));
    }

    private QuantileSketch(DDSketch sketch) {
        this.sketch = sketch;
    }

    /** Whether a value can be taken in: a number, and not too large. */
    public static boolean accepts(double value) {
        return Math.abs(value) <= MAPPING.maxIndexableValue();
    }

    /** Takes in a value that is {@linkplain #accepts accepted}. */
    public void add(double value) {
        sketch.accept(value);
    }

    /** Takes in all that {@code other} has taken in; {@code other} stays as it is. */
    public void merge(QuantileSketch other) {
        sketch.mergeWith(other.sketch);
        for (int step = 2; bins() > MAX_BINS; step *= 2) {
            coarsen(step);
        }
    }

    /**
     * Puts the values of so many neighbouring bins into one. It then has at most that part of its bins, and the error of a
     * quantile is about {@code step} times {@link #RELATIVE_ACCURACY}. Powers of two only: their neighbourhoods nest.
     */
    public void coarsen(int step) {
        DDSketch coarse = new DDSketch(MAPPING, SparseStore::new);
        double zeros = sketch.getCount()
                - sketch.getNegativeValueStore().getTotalCount()
                - sketch.getPositiveValueStore().getTotalCount();
        if (zeros > 0) {
            coarse.accept(0, zeros);
        }
        coarsen(sketch.getNegativeValueStore(), coarse.getNegativeValueStore(), step);
        coarsen(sketch.getPositiveValueStore(), coarse.getPositiveValueStore(), step);
        sketch = coarse;
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

    /** How many magnitudes it tells apart, from which its size follows. */
    public int bins() {
        return count(sketch.getNegativeValueStore()) + count(sketch.getPositiveValueStore());
    }

    /** The form in which sketches are published and stored, which DDSketch's libraries for other languages read too. */
    public ByteBuffer toProtobuf() {
        return sketch.serialize();
    }

    /**
     * Reads what {@link #toProtobuf} wrote.
     *
     * @throws IllegalArgumentException when these bytes are no sketch
     */
    public static QuantileSketch ofProtobuf(ByteBuffer bytes) {
        try {
            var message = com.datadoghq.sketch.ddsketch.proto.DDSketch.parseFrom(bytes.duplicate());
            return new QuantileSketch(DDSketchProtoBinding.fromProto(SparseStore::new, message));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Not a DDSketch in protobuf form", e);
        }
    }

    /** A shorter form, without the mapping: for stores that nobody else reads. */
    public byte[] encode() {
        GrowingByteArrayOutput bins = GrowingByteArrayOutput.withDefaultInitialCapacity();
        try {
            sketch.encode(bins, true);
        } catch (IOException e) {
            throw new UncheckedIOException("A sketch can't be written to memory", e);
        }
        return Arrays.copyOf(bins.backingArray(), bins.numWrittenBytes());
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException when these bytes are no sketch
     */
    public static QuantileSketch decode(byte[] bins) {
        try {
            return new QuantileSketch(DDSketch.decode(ByteArrayInput.wrap(bins), SparseStore::new, MAPPING));
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a DDSketch without its mapping", e);
        }
    }

    /** The middle one of the neighbours stands for all, so that coarser and coarser does not mean further and further off. */
    private static void coarsen(Store from, Store to, int step) {
        if (!from.isEmpty()) {
            int largest = from.getMaxIndex();
            from.forEach((index, count) ->
                    to.add(Math.min(largest, Math.floorDiv(index, step) * step + step / 2), count));
        }
    }

    private static int count(Store store) {
        int[] bins = {0};
        store.forEach((index, count) -> bins[0]++);
        return bins[0];
    }
}
