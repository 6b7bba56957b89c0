package io.tidewatch.benchmarks.alarms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassHistogramTest {
    private static final String BEFORE = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:            10            400  [B (java.base@17.0.1)
               2:             5            120  java.lang.String (java.base@17.0.1)
            Total            15            520
            """;

    @Test
    void countsEachClassAndNotTheTotal() {
        ClassHistogram histogram = ClassHistogram.parse(BEFORE);

        assertThat(histogram.bytes()).isEqualTo(520);
        assertThat(histogram.byClass().get("[B")).isEqualTo(new ClassHistogram.Usage(10, 400));
    }

    @Test
    void addsUpClassesOfTheSameNameFromDifferentLoaders() {
        ClassHistogram histogram = ClassHistogram.parse("""
                1:  2  64  statement
                2:  1  32  statement
                """);

        assertThat(histogram.byClass()).containsOnlyKeys("statement");
        assertThat(histogram.byClass().get("statement")).isEqualTo(new ClassHistogram.Usage(3, 96));
    }

    @Test
    void tellsWhatCameAndWhatWent() {
        ClassHistogram after = ClassHistogram.parse("""
                1:  30  1000  [B
                2:   4    64  io.example.Row
                """);

        ClassHistogram since = after.since(ClassHistogram.parse(BEFORE));

        assertThat(since.bytes()).isEqualTo(544);
        assertThat(since.top(2, 2))
                .isEqualTo(List.of(
                        "     300.0 bytes    10.00 instances  [B",
                        "      32.0 bytes     2.00 instances  io.example.Row"));
        assertThat(since.byClass().get("java.lang.String")).isEqualTo(new ClassHistogram.Usage(-5, -120));
    }

    @Test
    void seesThisProcess() {
        byte[] large = new byte[1 << 20];

        ClassHistogram histogram = ClassHistogram.ofThisProcess();

        assertThat(histogram.byClass().get("[B"))
                .satisfies(bytes -> assertThat(bytes.bytes()).isGreaterThan(large.length));
        assertThat(large).hasSize(1 << 20);
    }
}
