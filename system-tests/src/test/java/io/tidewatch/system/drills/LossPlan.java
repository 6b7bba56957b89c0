package io.tidewatch.system.drills;

import java.time.Duration;

/**
 * What happens in a drill about rows.
 *
 * @param checks each with {@value DrillStory#ALARMS_A_CHECK} alarms
 * @param results how many are sent in all
 * @param resultsPerSecond how fast while there is disturbance
 * @param undisturbedResultsPerSecond how fast while there is none; the same where latencies are to be compared
 * @param warmUp how long to wait after the first transition: young processes are slow, and how slow is not the question
 * @param outages how often Cassandra is killed; the sink's process is, too, some time into the first one, at its end, and once
 *     more while it catches up. It lives through a second one: what Cassandra had acknowledged it does not send again
 * @param outage how long Cassandra stays away
 */
record LossPlan(
        String name,
        long seed,
        int checks,
        long results,
        int resultsPerSecond,
        int undisturbedResultsPerSecond,
        Duration warmUp,
        int outages,
        Duration outage) {
    /** Before each merge. */
    static LossPlan quick(long seed) {
        return new LossPlan(
                "losses, in short", seed, 150, 6_000, 400, 4_000, Duration.ofSeconds(3), 1, Duration.ofSeconds(8));
    }

    static LossPlan full(long seed) {
        return new LossPlan(
                "losses", seed, 1_000, 200_000, 1_000, 1_000, Duration.ofSeconds(30), 2, Duration.ofMinutes(1));
    }

    int resultsPerSecond(boolean disturbed) {
        return disturbed ? resultsPerSecond : undisturbedResultsPerSecond;
    }

    /** Whether the alarms had the same load in both runs. */
    boolean comparesLatencies() {
        return resultsPerSecond == undisturbedResultsPerSecond;
    }

    /** Latencies are worth comparing of processes that have compiled what they run. */
    StreamsInstance.Jvm jvm() {
        return comparesLatencies() ? StreamsInstance.Jvm.LONG_LIVED : StreamsInstance.Jvm.SHORT_LIVED;
    }

    @Override
    public String toString() {
        return name;
    }
}
