package io.tidewatch.benchmarks.restart;

import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long nobody is alerted after a streams process was killed: with nobody else there, and with a standby. */
public final class RestartBenchmark implements Benchmark {
    private final Clock clock;
    private final PrintStream progress;

    public RestartBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        RestartScale scale = RestartScale.of(quick);
        Map<Redundancy, RestartReport.Measured> measured = new LinkedHashMap<>();
        for (Redundancy redundancy : scale.redundancies()) {
            progress.printf("benchmarks: %s, taking in %d alarms%n", redundancy.label(), scale.alarms());
            try (BenchmarkKafka kafka = BenchmarkKafka.start();
                    StreamsGroup group = new StreamsGroup(kafka, redundancy, scale, clock)) {
                group.takeIn();
                measured.put(redundancy, group.killAgainAndAgain(progress));
            }
        }
        return new RestartReport(scale, measured).report();
    }
}
