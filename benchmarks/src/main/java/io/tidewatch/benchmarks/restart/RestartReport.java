package io.tidewatch.benchmarks.restart;

import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.report.Median;
import io.tidewatch.benchmarks.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How long it took after each kill, as it is printed. */
record RestartReport(RestartScale scale, Map<Redundancy, Measured> measured) {
    private static final double MS_A_SECOND = 1000.0;

    /**
     * What was measured with one redundancy.
     *
     * @param transitions all of them, through all kills
     */
    record Measured(List<Kill> kills, Transitions transitions) {
        Measured {
            kills = List.copyOf(kills);
        }
    }

    /**
     * One kill.
     *
     * @param orphaned how many partitions the killed process had
     * @param first from the kill to the first transition of one of them that was decided after it; empty when none came
     * @param onEach until each of them has had one
     * @param steps of the recovery, as the log of the process that takes over tells them
     */
    record Kill(int orphaned, Optional<Duration> first, Optional<Duration> onEach, String steps) {}

    Report report() {
        return new Report(table(), figures(), faults());
    }

    private List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format(
                Locale.ROOT,
                "%d alarms in 3 zones, %d results/s, kill -9; seconds from the kill to a transition decided after it",
                scale.alarms(),
                scale.resultsPerSecond()));
        table.add("");
        table.add(String.format(
                "%-9s%7s%14s%14s%14s%14s", "", "kills", "first p50", "first max", "each p50", "each max"));
        measured.forEach((redundancy, result) -> table.add(String.format(
                Locale.ROOT,
                "%-9s%7d%14.2f%14.2f%14.2f%14.2f",
                redundancy.label(),
                result.kills().size(),
                Median.of(seconds(result, Kill::first)),
                max(seconds(result, Kill::first)),
                Median.of(seconds(result, Kill::onEach)),
                max(seconds(result, Kill::onEach)))));
        table.add("");
        measured.forEach((redundancy, result) -> result.kills().forEach(kill -> table.add(line(redundancy, kill))));
        return table;
    }

    static String line(Redundancy redundancy, Kill kill) {
        return String.format(
                Locale.ROOT,
                "%s: first %.2f s, each of %d partitions %.2f s; %s",
                redundancy.label(),
                seconds(kill.first()),
                kill.orphaned(),
                seconds(kill.onEach()),
                kill.steps());
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("alarms", (double) scale.alarms());
        measured.forEach((redundancy, result) -> {
            String name = redundancy.label();
            figures.put(name + "_first_median_s", Median.of(seconds(result, Kill::first)));
            figures.put(name + "_first_max_s", max(seconds(result, Kill::first)));
            figures.put(name + "_each_median_s", Median.of(seconds(result, Kill::onEach)));
            figures.put(name + "_each_max_s", max(seconds(result, Kill::onEach)));
        });
        return figures;
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        measured.forEach((redundancy, result) -> {
            result.transitions().faults().forEach(fault -> faults.add(redundancy.label() + ": " + fault));
            if (result.kills().stream().anyMatch(kill -> kill.onEach().isEmpty())) {
                faults.add(redundancy.label() + ": not every partition came back");
            }
        });
        return faults;
    }

    private static List<Double> seconds(Measured result, Function<Kill, Optional<Duration>> measure) {
        return result.kills().stream().map(kill -> seconds(measure.apply(kill))).toList();
    }

    private static double seconds(Optional<Duration> time) {
        return time.map(Duration::toMillis).map(ms -> ms / MS_A_SECOND).orElse(Double.NaN);
    }

    private static double max(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
