package io.tidewatch.benchmarks.latency;

import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.report.Latencies;
import io.tidewatch.benchmarks.report.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The latencies through {@code alarms} beside those of the floor, as they are printed. */
record LatencyReport(LatencyScale scale, Fleet fleet, Run alarms, Run floor) {
    /** The percentile that is the longest latency of all. */
    private static final int MAX = 100;

    private static final List<Integer> PERCENTILES = List.of(50, 90, 99, MAX);

    /**
     * One measurement.
     *
     * @param resultsPerSecond the rate that was reached
     */
    record Run(double resultsPerSecond, Transitions transitions) {}

    Report report() {
        return new Report(table(), figures(), faults());
    }

    private List<String> table() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d results/s for %d s after %d s of warm-up, %d alarms in %d zones; latencies in ms",
                        scale.resultsPerSecond(),
                        scale.measured().toSeconds(),
                        scale.warmUp().toSeconds(),
                        fleet.checks(),
                        fleet.zones()),
                "",
                String.format(
                        "%-8s%11s%10s%10s%10s%9s%9s%9s%9s",
                        "", "results/s", "expected", "received", "measured", "p50", "p90", "p99", "max"),
                row("alarms", alarms),
                row("floor", floor),
                String.format(
                        Locale.ROOT,
                        "%-8s%11s%10s%10s%10s%9.2f%9.2f%9.2f%9.2f",
                        "ratio",
                        "",
                        "",
                        "",
                        "",
                        ratio(50),
                        ratio(90),
                        ratio(99),
                        ratio(MAX)));
    }

    private static String row(String name, Run run) {
        Latencies latencies = run.transitions().latencies();
        return String.format(
                Locale.ROOT,
                "%-8s%11.0f%10d%10d%10d%9.1f%9.1f%9.1f%9.1f",
                name,
                run.resultsPerSecond(),
                run.transitions().expected(),
                run.transitions().received(),
                latencies.count(),
                latencies.percentileMs(50),
                latencies.percentileMs(90),
                latencies.percentileMs(99),
                latencies.percentileMs(MAX));
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("results_per_second", alarms.resultsPerSecond());
        figures.put("transitions_expected", (double) alarms.transitions().expected());
        figures.put("transitions_received", (double) alarms.transitions().received());
        for (int percent : PERCENTILES) {
            figures.put(label(percent) + "_ms", alarms.transitions().latencies().percentileMs(percent));
        }
        for (int percent : PERCENTILES) {
            figures.put(
                    "floor_" + label(percent) + "_ms",
                    floor.transitions().latencies().percentileMs(percent));
        }
        figures.put("p50_to_floor", ratio(50));
        figures.put("p99_to_floor", ratio(99));
        return figures;
    }

    private double ratio(int percent) {
        return alarms.transitions().latencies().percentileMs(percent)
                / floor.transitions().latencies().percentileMs(percent);
    }

    private static String label(int percent) {
        return percent == MAX ? "max" : "p" + percent;
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        alarms.transitions().faults().forEach(fault -> faults.add("alarms: " + fault));
        floor.transitions().faults().forEach(fault -> faults.add("the floor: " + fault));
        return faults;
    }
}
