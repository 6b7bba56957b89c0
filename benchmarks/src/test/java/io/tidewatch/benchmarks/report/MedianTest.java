package io.tidewatch.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MedianTest {
    @Test
    void isTheMiddleOne() {
        assertThat(Median.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    }

    @Test
    void liesBetweenTheMiddleTwo() {
        assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    }

    @Test
    void thereIsNoneOfNothing() {
        assertThat(Median.of(List.of())).isNaN();
    }
}
