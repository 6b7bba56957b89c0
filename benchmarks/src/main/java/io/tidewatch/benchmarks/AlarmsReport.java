package io.tidewatch.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The speed of {@code alarms} beside the bare topologies', and its heap, as they are printed. */
record AlarmsReport(AlarmsScale scale, Map<Contender, List<Run>> runs, HeapPerAlarm.Measured heap) {
    private static final double BYTES_A_MB = 1e6;

    /**
     * One measurement of one application.
     *
     * @param cpuMicros microseconds of a processor that its stream thread used for each result
     * @param transitions which were expected, and which came
     */
    record Run(double perSecond, double cpuMicros, Transitions transitions) {
        boolean trustworthy() {
            return transitions.expected() == transitions.received() && transitions.unexpected() == 0;
        }
    }

    Report report() {
        return new Report(table(), figures(), faults());
    }

    private List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format(
                Locale.ROOT,
                "%d results of %d checks in 3 zones with one alarm each, one thread, exactly once; results/s",
                scale.results(),
                scale.checks()));
        table.add("");
        table.add(String.format("%-17s%9s%9s%9s%9s   %s", "", "median", "ratio", "CPU us", "ratio", "rounds"));
        for (Contender contender : runs.keySet()) {
            table.add(String.format(
                    Locale.ROOT,
                    "%-17s%9.0f%9.2f%9.2f%9.2f   %s",
                    contender,
                    perSecond(contender),
                    alarmsTo(contender),
                    cpuMicros(contender),
                    cpuMicros(contender) / cpuMicros(Contender.ALARMS),
                    measurements(contender, Run::perSecond).stream()
                            .map(value -> String.format(Locale.ROOT, "%.0f", value))
                            .collect(Collectors.joining(", "))));
        }
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
        figures.put("results_per_second", perSecond(Contender.ALARMS));
        figures.put("bare_results_per_second", perSecond(Contender.BARE));
        figures.put("bare_in_memory_results_per_second", perSecond(Contender.BARE_IN_MEMORY));
        figures.put("to_bare", alarmsTo(Contender.BARE));
        figures.put("to_bare_in_memory", alarmsTo(Contender.BARE_IN_MEMORY));
        figures.put("cpu_us", cpuMicros(Contender.ALARMS));
        figures.put("bare_cpu_us", cpuMicros(Contender.BARE));
        figures.put("heap_bytes_per_alarm", heap.bytesPerAlarm());
        return figures;
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        runs.forEach((contender, measured) -> measured.stream()
                .filter(run -> !run.trustworthy())
                .forEach(run -> faults.add(String.format(
                        "%s: %d transitions were expected, %d of them came, and %d that were not expected",
                        contender,
                        run.transitions().expected(),
                        run.transitions().received(),
                        run.transitions().unexpected()))));
        return faults;
    }

    private double alarmsTo(Contender contender) {
        return perSecond(Contender.ALARMS) / perSecond(contender);
    }

    private double perSecond(Contender contender) {
        return Median.of(measurements(contender, Run::perSecond));
    }

    private double cpuMicros(Contender contender) {
        return Median.of(measurements(contender, Run::cpuMicros));
    }

    private List<Double> measurements(Contender contender, Function<Run, Double> measurement) {
        return runs.getOrDefault(contender, List.of()).stream().map(measurement).toList();
    }
}
