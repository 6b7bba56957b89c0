package io.tidewatch.benchmarks.restart;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much the benchmark of restarts does. The full one is what figures are taken from; a system property such as
 * {@code -Dbenchmark.alarms=50000} changes one of these.
 *
 * @param alarms how many there are
 * @param rounds how often a process is killed in each scenario
 * @param resultsPerSecond the load, which never pauses
 * @param settle how long it goes undisturbed before each kill
 * @param scenarios which of them to measure
 */
record RestartScale(int alarms, int rounds, int resultsPerSecond, Duration settle, List<Scenario> scenarios) {
    RestartScale {
        scenarios = List.copyOf(scenarios);
    }

    static RestartScale of(boolean quick) {
        String scenario = System.getProperty("benchmark.scenario", "");
        return new RestartScale(
                Integer.getInteger("benchmark.alarms", quick ? 10_000 : 100_000),
                Integer.getInteger("benchmark.rounds", quick ? 2 : 5),
                Integer.getInteger("benchmark.rate", 1_500),
                Duration.ofSeconds(Integer.getInteger("benchmark.settle.seconds", quick ? 5 : 15)),
                Arrays.stream(Scenario.values())
                        .filter(each -> scenario.isEmpty() || each.label().equals(scenario))
                        .toList());
    }
}
