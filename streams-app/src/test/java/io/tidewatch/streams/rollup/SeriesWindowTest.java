package io.tidewatch.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SeriesWindowTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Written and read after each result, as the store does it. */
    @Test
    void countsTextsTheSameAfterItWasStored() {
        SeriesWindow window = new SeriesWindow(START);
        for (int second = 0; second < 100; second++) {
            window.enter(START.plusSeconds(second));
            boolean added =
                    window.addText("body", "%04d".formatted(second) + "x".repeat(1020), START.plusSeconds(second));
            assertThat(added).as("second %d", second).isEqualTo(second < 48);
            window = stored(window);
        }

        window.enter(START.plusSeconds(250));
        assertThat(window.addText("body", "0047" + "x".repeat(1020), START.plusSeconds(250)))
                .as("a text that it has")
                .isTrue();
        assertThat(window.addText("other", "", START.plusSeconds(250)))
                .as("an empty one")
                .isTrue();
        assertThat(window.addText("further", "y", START.plusSeconds(250))).isFalse();
        assertThat(window.texts()).containsOnlyKeys("body", "other");
    }

    @Test
    void losesAccuracyBeforeMetricsAndAvailabilityNever() {
        SeriesWindow window = new SeriesWindow(START);
        window.addNumber(Series.AVAILABILITY, 1, START, null);
        for (int metric = 0; metric < 8; metric++) {
            for (int value = 1; value <= 1000; value++) {
                window.addNumber("m" + metric, value, START.plusMillis(value), null);
            }
        }
        int before = size(window);

        window.thin();
        assertThat(size(window)).isLessThan(before * 2 / 3);
        assertThat(window.metrics()).hasSize(9);
        assertThat(median(window)).isCloseTo(500, within(500 * 0.03));
        thin(window, 3);
        assertThat(window.metrics()).hasSize(9);
        assertThat(median(window)).isCloseTo(500, within(500 * 0.18));

        thin(window, 1);
        assertThat(window.metrics()).containsOnlyKeys(Series.AVAILABILITY, "m0", "m1", "m2", "m3");
        thin(window, 10);
        assertThat(window.metrics()).containsOnlyKeys(Series.AVAILABILITY);
        assertThat(window.isComplete()).isFalse();
    }

    private static void thin(SeriesWindow window, int times) {
        for (int time = 0; time < times; time++) {
            window.thin();
        }
    }

    private static double median(SeriesWindow window) {
        return Objects.requireNonNull(window.metrics().get("m0")).quantile(0.5);
    }

    private static int size(SeriesWindow window) {
        return StoreFormat.windows().serializer().serialize("", window).length;
    }

    private static SeriesWindow stored(SeriesWindow window) {
        return StoreFormat.windows()
                .deserializer()
                .deserialize("", StoreFormat.windows().serializer().serialize("", window));
    }
}
