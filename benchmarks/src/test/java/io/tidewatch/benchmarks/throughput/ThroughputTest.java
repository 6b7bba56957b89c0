package io.tidewatch.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ThroughputTest {
    private final Throughput throughput = new Throughput(1_000);

    @Test
    void theFirstTenthAndTheTimeBeforeItDoNotCount() {
        saw(0, 1, 0);
        saw(99, 10, 0);
        saw(100, 20, 1_000);
        saw(500, 21, 1_400);
        saw(1_000, 23, 2_800);

        assertThat(throughput.perSecond()).isEqualTo(300);
        assertThat(throughput.cpuMicrosEach()).isEqualTo(2);
    }

    @Test
    void isWorkedOffWithTheLastOfIt() {
        assertThat(saw(999, 1, 0)).isFalse();
        assertThat(saw(1_000, 2, 0)).isTrue();
    }

    @Test
    void aSingleLookTellsNoSpeed() {
        saw(1_000, 1, 0);

        assertThat(throughput.perSecond()).isNaN();
        assertThat(throughput.cpuMicrosEach()).isNaN();
    }

    private boolean saw(long committed, long atSeconds, long cpuMicros) {
        return throughput.saw(new Throughput.Look(
                committed, TimeUnit.SECONDS.toNanos(atSeconds), TimeUnit.MICROSECONDS.toNanos(cpuMicros)));
    }
}
