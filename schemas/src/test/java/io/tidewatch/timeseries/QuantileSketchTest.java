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

    private static QuantileSketch oneToHundred() {
        QuantileSketch sketch = new QuantileSketch();
        for (int value = 1; value <= 100; value++) {
            sketch.add(value);
        }
        return sketch;
    }
}
