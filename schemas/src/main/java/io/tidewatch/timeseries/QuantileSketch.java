package io.tidewatch.timeseries;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketchProtoBinding;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
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
 * can make it large. Source: Masson, Rim and Lee, "DDSketch" (VLDB 2019).
 *
 * <p>Mutable; one thread at a time.
 */
public final class QuantileSketch {
    /** The largest error of a quantile, relative to its value. */
    public static final double RELATIVE_ACCURACY = 0.01;

    private static final IndexMapping MAPPING = new LogarithmicMapping(RELATIVE_ACCURACY);

    private final DDSketch sketch;

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
}
