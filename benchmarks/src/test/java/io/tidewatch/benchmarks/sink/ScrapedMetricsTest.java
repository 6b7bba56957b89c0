package io.tidewatch.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScrapedMetricsTest {
    private final ScrapedMetrics metrics = new ScrapedMetrics("""
            # HELP rows_total
            # TYPE rows_total counter
            rows_total{table="results"} 40.0
            rows_total{table="texts"} 2.0
            rows_total_other{table="texts"} 7.0
            batches_total 1.5E3
            """);

    @Test
    void sumsAMetricOverItsLabels() {
        assertThat(metrics.sum("rows_total")).isEqualTo(42);
        assertThat(metrics.sum("batches_total")).isEqualTo(1_500);
    }

    @Test
    void aMetricThatIsNotThereIsZero() {
        assertThat(metrics.sum("retries_total")).isZero();
    }
}
