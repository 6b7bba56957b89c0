package io.tidewatch.benchmarks.sink;

/**
 * How much the benchmark of the sink does. The full one is what figures are taken from; a system property such as {@code
 * -Dbenchmark.checks=100} changes one number.
 *
 * @param checks how many checks' results and rollups of a day are written in each measurement
 * @param rounds how often each contender is measured
 */
record SinkScale(int checks, int rounds) {
    static SinkScale of(boolean quick) {
        return new SinkScale(
                Integer.getInteger("benchmark.checks", quick ? 8 : 48),
                Integer.getInteger("benchmark.rounds", quick ? 2 : 5));
    }
}
