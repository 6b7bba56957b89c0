package io.tidewatch.benchmarks.alarms;

import io.tidewatch.benchmarks.load.VariousCriteria;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The speed of {@code alarms} beside the bare topologies', and its heap, as they are printed. */
record AlarmsReport(AlarmsScale scale, Comparison comparison, HeapPerAlarm.Measured heap) {
    private static final double BYTES_A_MB = 1e6;

    Report report() {
        return new Report(table(), figures(), comparison.faults());
    }

    private List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format(
                Locale.ROOT,
                "%d results of %d checks in 3 zones with one alarm each, one thread, exactly once; results/s",
                scale.results(),
                scale.checks()));
        table.add("");
        table.addAll(comparison.table());
        if (heap.alarms() > 0) {
            table.add("");
            table.add(heapLine());
        }
        return table;
    }

    private String heapLine() {
        return String.format(
                Locale.ROOT,
                "heap: %.0f bytes for each of %d alarms of %d shapes in 3 zones"
                        + " (live: %.1f MB without any, %.1f MB with few, %.1f MB with all)",
                heap.bytesPerAlarm(),
                heap.alarms(),
                VariousCriteria.SHAPES,
                heap.atFirst() / BYTES_A_MB,
                heap.withFew() / BYTES_A_MB,
                heap.withMany() / BYTES_A_MB);
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("results_per_second", comparison.perSecond(Contender.ALARMS));
        figures.put("bare_results_per_second", comparison.perSecond(Contender.BARE));
        figures.put("bare_in_memory_results_per_second", comparison.perSecond(Contender.BARE_IN_MEMORY));
        figures.put("to_bare", comparison.ratioTo(Contender.BARE));
        figures.put("to_bare_in_memory", comparison.ratioTo(Contender.BARE_IN_MEMORY));
        figures.put("cpu_us", comparison.cpuMicros(Contender.ALARMS));
        figures.put("bare_cpu_us", comparison.cpuMicros(Contender.BARE));
        figures.put("heap_bytes_per_alarm", heap.bytesPerAlarm());
        return figures;
    }
}
