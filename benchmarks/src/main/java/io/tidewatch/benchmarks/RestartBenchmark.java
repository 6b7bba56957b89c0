package io.tidewatch.benchmarks;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long nobody is alerted after a streams process was killed: with nobody else there, and with a standby. */
final class RestartBenchmark implements Benchmark {
    private final Clock clock;
    private final PrintStream progress;

    RestartBenchmark(Clock clock, PrintStream progress) {
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
