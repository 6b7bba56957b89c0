package io.tidewatch.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    private static final long NANOS_A_MS = 1_000_000;

    @Test
    void aPercentileIsTheSmallestLatencyThatSoManyDoNotExceed() {
        List<Long> upTo200 = LongStream.rangeClosed(1, 200)
                .map(ms -> ms * NANOS_A_MS)
                .boxed()
                .toList();

        Latencies latencies = new Latencies(upTo200);

        assertThat(latencies.count()).isEqualTo(200);
        assertThat(latencies.percentileMs(50)).isEqualTo(100);
        assertThat(latencies.percentileMs(99)).isEqualTo(198);
        assertThat(latencies.percentileMs(100)).isEqualTo(200);
    }

    @Test
    void theOrderOfMeasuringDoesNotMatter() {
        Latencies latencies = new Latencies(List.of(3 * NANOS_A_MS, NANOS_A_MS, 2 * NANOS_A_MS));

        assertThat(latencies.percentileMs(50)).isEqualTo(2);
        assertThat(latencies.percentileMs(66)).isEqualTo(2);
        assertThat(latencies.percentileMs(67)).isEqualTo(3);
    }

    @Test
    void thereIsNoPercentileOfNothing() {
        assertThat(new Latencies(Collections.emptyList()).percentileMs(50)).isNaN();
    }
}
