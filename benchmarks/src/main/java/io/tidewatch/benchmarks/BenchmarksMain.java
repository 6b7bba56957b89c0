package io.tidewatch.benchmarks;

import io.tidewatch.benchmarks.alarms.AlarmsBenchmark;
import io.tidewatch.benchmarks.latency.LatencyBenchmark;
import io.tidewatch.benchmarks.plot.PlotBenchmark;
import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.restart.RestartBenchmark;
import io.tidewatch.benchmarks.rollups.RollupsBenchmark;
import io.tidewatch.benchmarks.sink.SinkBenchmark;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Entry of {@code benchmarks/run}. Prints a table and, as the last line of standard output, a JSON object. Exit codes: 0
 * measured, 1 failed, 2 wrong usage.
 */
public final class BenchmarksMain {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private BenchmarksMain() {}

    public static void main(String[] arguments) {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "io/tidewatch/benchmarks/logback.xml");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Clock clock = Clock.systemUTC();
        Map<String, Benchmark> benchmarks = Map.of(
                "alarms", new AlarmsBenchmark(clock, System.err),
                "latency", new LatencyBenchmark(clock, System.err),
                "plot", new PlotBenchmark(clock, System.err),
                "restart", new RestartBenchmark(clock, System.err),
                "rollups", new RollupsBenchmark(clock, System.err),
                "sink", new SinkBenchmark(clock, System.err));
        System.exit(run(List.of(arguments), benchmarks, out, System.err));
    }

    static int run(List<String> arguments, Map<String, Benchmark> benchmarks, PrintStream out, PrintStream errors) {
        Invocation invocation;
        try {
            invocation = Invocation.parse(
                    arguments, benchmarks.keySet().stream().sorted().toList());
        } catch (IllegalArgumentException e) {
            errors.println("benchmarks: " + e.getMessage());
            return WRONG_USAGE;
        }
        try {
            Benchmark benchmark = Objects.requireNonNull(benchmarks.get(invocation.name()));
            Report report = benchmark.run(invocation.quick());
            report.faults().forEach(fault -> errors.println("benchmarks: " + fault));
            report.table().forEach(out::println);
            out.println(report.json(invocation.name()));
            return report.faults().isEmpty() ? 0 : FAILED;
        } catch (RuntimeException e) {
            errors.println("benchmarks: " + invocation.name() + " could not be measured");
            e.printStackTrace(errors);
            return FAILED;
        }
    }
}
