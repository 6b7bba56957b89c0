package io.tidewatch.benchmarks.sink;

import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The speed of {@code sink} beside the bare driver's, and the size of its rows, as they are printed.
 *
 * @param metricPoints how many values the results have together
 */
record SinkReport(SinkScale scale, Measured results, Measured rollups, long metricPoints) {
    /**
     * What one kind of row came to.
     *
     * @param name of the rows
     * @param rows in each measurement
     * @param bytes of their tables' files after a flush and a major compaction
     */
    record Measured(
            String name,
            long rows,
            Comparison comparison,
            double sinkRowsARequest,
            double bareRowsARequest,
            long bytes) {}

    Report report() {
        return new Report(
                table(),
                figures(),
                Stream.of(results, rollups)
                        .flatMap(measured -> measured.comparison().faults().stream())
                        .toList());
    }

    private List<String> table() {
        List<String> table = new ArrayList<>();
        for (Measured measured : List.of(results, rollups)) {
            table.add(String.format(
                    Locale.ROOT,
                    "%d %s of %d checks in 3 zones over a day, one thread; rows/s",
                    measured.rows(),
                    measured.name(),
                    scale.checks()));
            table.add("");
            table.addAll(measured.comparison().table());
            table.add("");
            table.add(String.format(
                    Locale.ROOT,
                    "rows in a request: %.2f of sink, %.2f of the bare driver",
                    measured.sinkRowsARequest(),
                    measured.bareRowsARequest()));
            table.add("");
        }
        table.add(String.format(
                Locale.ROOT,
                "on the disk, compacted: %.2f bytes for each of %d metric points of results; %.1f bytes a result, %.1f a rollup",
                bytesPerMetricPoint(),
                metricPoints,
                bytesPerRow(results),
                bytesPerRow(rollups)));
        return table;
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Measured measured : List.of(results, rollups)) {
            Comparison comparison = measured.comparison();
            figures.put(measured.name() + "_per_second", comparison.perSecond(Contender.SINK));
            figures.put("bare_" + measured.name() + "_per_second", comparison.perSecond(Contender.BARE_DRIVER));
            figures.put(measured.name() + "_to_bare", comparison.ratioTo(Contender.BARE_DRIVER));
            figures.put(measured.name() + "_cpu_us", comparison.cpuMicros(Contender.SINK));
            figures.put("bare_" + measured.name() + "_cpu_us", comparison.cpuMicros(Contender.BARE_DRIVER));
            figures.put(measured.name() + "_rows_a_request", measured.sinkRowsARequest());
        }
        figures.put("bytes_per_metric_point", bytesPerMetricPoint());
        figures.put("bytes_per_result", bytesPerRow(results));
        figures.put("bytes_per_rollup", bytesPerRow(rollups));
        return figures;
    }

    private double bytesPerMetricPoint() {
        return (double) results.bytes() / metricPoints;
    }

    private static double bytesPerRow(Measured measured) {
        return (double) measured.bytes() / measured.rows();
    }
}
