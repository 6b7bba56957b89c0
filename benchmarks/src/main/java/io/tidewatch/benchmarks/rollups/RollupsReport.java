package io.tidewatch.benchmarks.rollups;

import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The speed of {@code rollups} beside the bare topology's, as it is printed.
 *
 * @param rollups how many are published in each measurement
 */
record RollupsReport(RollupsScale scale, Comparison comparison, long rollups) {
    Report report() {
        return new Report(table(), figures(), comparison.faults());
    }

    private List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format(
                Locale.ROOT,
                "%d results of %d checks in 3 zones, which come to %d rollups, one thread, exactly once; results/s",
                scale.results(),
                scale.checks(),
                rollups));
        table.add("");
        table.addAll(comparison.table());
        return table;
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("results_per_second", comparison.perSecond(Contender.ROLLUPS));
        figures.put("bare_results_per_second", comparison.perSecond(Contender.BARE));
        figures.put("to_bare", comparison.ratioTo(Contender.BARE));
        figures.put("cpu_us", comparison.cpuMicros(Contender.ROLLUPS));
        figures.put("bare_cpu_us", comparison.cpuMicros(Contender.BARE));
        figures.put("cpu_to_bare", comparison.cpuRatioTo(Contender.BARE));
        figures.put("rollups", (double) rollups);
        return figures;
    }
}
