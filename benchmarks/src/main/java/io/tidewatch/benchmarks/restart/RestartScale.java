package io.tidewatch.benchmarks.restart;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much the benchmark of restarts does. The full one is what figures are taken from; a system property such as
 * {@code -Dbenchmark.alarms=50000} changes one of these.
 *
 * @param alarms how many there are
 * @param rounds how often a process is killed with each redundancy
 * @param resultsPerSecond the load, which never pauses
 * @param settle how long it goes undisturbed before each kill
 * @param redundancies which of them to measure
 */
record RestartScale(int alarms, int rounds, int resultsPerSecond, Duration settle, List<Redundancy> redundancies) {
    RestartScale {
        redundancies = List.copyOf(redundancies);
    }

    static RestartScale of(boolean quick) {
        String only = System.getProperty("benchmark.redundancy", "");
        return new RestartScale(
                Integer.getInteger("benchmark.alarms", quick ? 10_000 : 100_000),
                Integer.getInteger("benchmark.rounds", quick ? 2 : 5),
                Integer.getInteger("benchmark.rate", 1_500),
                Duration.ofSeconds(Integer.getInteger("benchmark.settle.seconds", quick ? 5 : 15)),
                Arrays.stream(Redundancy.values())
                        .filter(each -> only.isEmpty() || each.label().equals(only))
                        .toList());
    }
}
