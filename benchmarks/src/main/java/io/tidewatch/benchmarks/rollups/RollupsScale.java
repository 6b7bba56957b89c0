package io.tidewatch.benchmarks.rollups;

/**
 * How much the benchmark of rollups does. The full one is what figures are taken from; a system property such as
 * {@code -Dbenchmark.results=500000} changes one number.
 *
 * @param results how many are worked off in each measurement
 * @param checks how many checks the results are of
 * @param rounds how often each application is measured
 */
record RollupsScale(long results, int checks, int rounds) {
    static RollupsScale of(boolean quick) {
        return new RollupsScale(
                Long.getLong("benchmark.results", quick ? 200_000 : 1_500_000),
                Integer.getInteger("benchmark.checks", quick ? 400 : 3_000),
                Integer.getInteger("benchmark.rounds", quick ? 2 : 3));
    }
}
