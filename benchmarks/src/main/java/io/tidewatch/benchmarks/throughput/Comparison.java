package io.tidewatch.benchmarks.throughput;

import io.tidewatch.benchmarks.report.Median;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How fast contenders work off the same backlog: first the one that is of interest, then its floors. */
public record Comparison(Map<Contender, List<Run>> runs) {
    public Comparison {
        runs = Collections.unmodifiableMap(new LinkedHashMap<>(runs));
    }

    /**
     * One measurement of one contender.
     *
     * @param cpuMicros microseconds of a processor that it used for each result or row; of a stream application, its
     *     stream threads only
     * @param faults why it can't be trusted; none when it can
     */
    public record Run(double perSecond, double cpuMicros, List<String> faults) {
        public Run {
            faults = List.copyOf(faults);
        }
    }

    /** Measures a contender in a round, which counts from 1. */
    public interface Measurement {
        Run of(Contender contender, int round);
    }

    /** Round by round, so that what disturbs the machine for a while disturbs all. */
    public static Comparison inTurns(
            List<Contender> contenders, int rounds, Measurement measurement, PrintStream progress) {
        Map<Contender, List<Run>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Run run = measurement.of(contender, round);
                progress.printf(
                        Locale.ROOT,
                        "benchmarks: round %d, %s: %.0f/s, %.2f us of CPU each%n",
                        round,
                        contender,
                        run.perSecond(),
                        run.cpuMicros());
                runs.computeIfAbsent(contender, first -> new ArrayList<>()).add(run);
            }
        }
        return new Comparison(runs);
    }

    /** A line for each contender below a heading. */
    public List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format("%-17s%9s%9s%9s%9s   %s", "", "median", "ratio", "CPU us", "ratio", "rounds"));
        for (Contender contender : runs.keySet()) {
            table.add(String.format(
                    Locale.ROOT,
                    "%-17s%9.0f%9.2f%9.2f%9.2f   %s",
                    contender,
                    perSecond(contender),
                    ratioTo(contender),
                    cpuMicros(contender),
                    cpuRatioTo(contender),
                    measurements(contender, Run::perSecond).stream()
                            .map(value -> String.format(Locale.ROOT, "%.0f", value))
                            .collect(Collectors.joining(", "))));
        }
        return table;
    }

    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        runs.forEach((contender, measured) ->
                measured.forEach(run -> run.faults().forEach(fault -> faults.add(contender + ": " + fault))));
        return faults;
    }

    /** The rate of the first contender, to this one's. */
    public double ratioTo(Contender contender) {
        return perSecond(first()) / perSecond(contender);
    }

    /** This contender's processor time, to the first one's: of two of the same cost it is 1, as for the rate. */
    public double cpuRatioTo(Contender contender) {
        return cpuMicros(contender) / cpuMicros(first());
    }

    public double perSecond(Contender contender) {
        return Median.of(measurements(contender, Run::perSecond));
    }

    public double cpuMicros(Contender contender) {
        return Median.of(measurements(contender, Run::cpuMicros));
    }

    private Contender first() {
        return runs.keySet().iterator().next();
    }

    private List<Double> measurements(Contender contender, Function<Run, Double> measurement) {
        return runs.getOrDefault(contender, List.of()).stream().map(measurement).toList();
    }
}
