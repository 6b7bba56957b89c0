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
        Map<Scenario, RestartReport.Outcome> outcomes = new LinkedHashMap<>();
        for (Scenario scenario : scale.scenarios()) {
            progress.printf("benchmarks: %s, taking in %d alarms%n", scenario.label(), scale.alarms());
            try (BenchmarkKafka kafka = BenchmarkKafka.start();
                    Deployment deployment = new Deployment(kafka, scenario, scale, clock)) {
                deployment.takeIn();
                outcomes.put(scenario, deployment.killAgainAndAgain(progress));
            }
        }
        return new RestartReport(scale, outcomes).report();
    }
}
