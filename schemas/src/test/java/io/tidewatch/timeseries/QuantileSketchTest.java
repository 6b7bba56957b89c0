package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class QuantileSketchTest {
    @Test
    void readsWhatItPublished() {
        QuantileSketch sketch = oneToHundred();

        QuantileSketch read = QuantileSketch.ofProtobuf(sketch.toProtobuf());

        for (double quantile : new double[] {0, 0.5, 0.99, 1}) {
            assertThat(read.quantile(quantile)).isEqualTo(sketch.quantile(quantile));
        }
    }

    @Test
    void goesOnFromWhatItEncoded() throws IOException {
        QuantileSketch read = QuantileSketch.decode(oneToHundred().encode());

        read.merge(oneToHundred());

        assertThat(read.quantile(0.5)).isCloseTo(50, within(50 * QuantileSketch.RELATIVE_ACCURACY));
    }

    @Test
    void refusesBytesThatAreNoSketch() {
        assertThatThrownBy(() -> QuantileSketch.ofProtobuf(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Values over all that a double can be have 141 000 bins, which are two megabytes of a record. */
    @Test
    void hasABoundedNumberOfBinsWhenItIsMerged() {
        QuantileSketch merged = new QuantileSketch();
        for (int part = 0; part < 50; part++) {
            QuantileSketch sketch = new QuantileSketch();
            for (int value = 0; value < 1000; value++) {
                double magnitude = Math.pow(10, 600.0 * (value * 50 + part) / 50_000 - 300);
                sketch.add(value % 2 == 0 ? magnitude : -magnitude);
            }
            sketch.add(0);
            merged.merge(sketch);
        }

        assertThat(merged.bins()).isBetween(500, QuantileSketch.MAX_BINS);
        assertThat(merged.toProtobuf().remaining()).isLessThan(40_000);
        assertThat(merged.quantile(0.5)).isCloseTo(0, within(1.0));
        assertThat(merged.quantile(1)).isBetween(1e299, 1.1e300);
    }

    @Test
    void isAsAccurateAsBeforeUpToTheNumberOfItsBins() {
        QuantileSketch few = new QuantileSketch();
        QuantileSketch many = new QuantileSketch();
        for (int power = 0; power < 2048; power++) {
            few.add(Math.pow(1.0204, power));
            many.add(Math.pow(1.0204, power));
        }
        few.merge(new QuantileSketch());
        assertThat(few.bins()).isBetween(2040, 2048);

        many.add(Math.pow(1.0204, 3000));
        many.merge(oneToHundred());

        assertThat(many.bins()).isBetween(1000, 2048);
    }

    @Test
    void staysFiniteWhenItIsCoarse() {
        for (double largest = 1e308; QuantileSketch.accepts(largest); largest *= 1.01) {
            QuantileSketch sketch = new QuantileSketch();
            sketch.add(largest);
            sketch.add(-largest);

            sketch.coarsen(16);

            assertThat(sketch.quantile(1)).isCloseTo(largest, within(largest * 0.18));
            assertThat(sketch.quantile(0)).isCloseTo(-largest, within(largest * 0.18));
        }
    }

    private static QuantileSketch oneToHundred() {
        QuantileSketch sketch = new QuantileSketch();
        for (int value = 1; value <= 100; value++) {
            sketch.add(value);
        }
        return sketch;
    }
}
