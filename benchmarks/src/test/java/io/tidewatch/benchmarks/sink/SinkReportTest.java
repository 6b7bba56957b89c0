package io.tidewatch.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SinkReportTest {
    @Test
    void ratiosAreToTheBareDriverAndSizesToMetricPointsAndRows() {
        Report report = new SinkReport(
                        new SinkScale(8, 1),
                        new SinkReport.Measured("results", 1_000, comparison(List.of()), 1, 1, 40_000),
                        new SinkReport.Measured("rollups", 500, comparison(List.of()), 8, 8.5, 60_000),
                        8_000)
                .report();

        assertThat(report.figures())
                .containsEntry("results_to_bare", 0.8)
                .containsEntry("bytes_per_metric_point", 5.0)
                .containsEntry("bytes_per_result", 40.0)
                .containsEntry("bytes_per_rollup", 120.0);
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void rowsThatAreMissingAreAFault() {
        Report report = new SinkReport(
                        new SinkScale(8, 1),
                        new SinkReport.Measured("results", 1_000, comparison(List.of()), 1, 1, 0),
                        new SinkReport.Measured("rollups", 500, comparison(List.of("one is missing")), 8, 8.5, 0),
                        8_000)
                .report();

        assertThat(report.faults()).containsExactly("sink: one is missing");
    }

    private static Comparison comparison(List<String> faultsOfSink) {
        return Comparison.inTurns(
                List.of(Contender.SINK, Contender.BARE_DRIVER),
                1,
                (contender, round) -> contender == Contender.SINK
                        ? new Comparison.Run(8_000, 40, faultsOfSink)
                        : new Comparison.Run(10_000, 30, List.of()),
                new PrintStream(new ByteArrayOutputStream(), true));
    }
}
