package io.tidewatch.benchmarks.alarms;

/**
 * How much the benchmark of alarms does. The full one is what figures are taken from; a system property such as
 * {@code -Dbenchmark.results=500000} changes one number.
 *
 * @param results how many are worked off in each measurement
 * @param checks how many checks the results are of, with one alarm each
 * @param rounds how often each application is measured
 * @param heapAlarms how many alarms the heap is measured with; 0 to leave that out
 */
record AlarmsScale(long results, int checks, int rounds, int heapAlarms) {
    static AlarmsScale of(boolean quick) {
        return new AlarmsScale(
                Long.getLong("benchmark.results", quick ? 200_000 : 1_500_000),
                Integer.getInteger("benchmark.checks", quick ? 400 : 3_000),
                Integer.getInteger("benchmark.rounds", quick ? 2 : 3),
                Integer.getInteger("benchmark.alarms", quick ? 20_000 : 100_000));
    }
}
