package io.tidewatch.standalone.drills;

import java.time.Duration;

/**
 * What happens in a drill about rows.
 *
 * @param checks each with {@value Story#ALARMS_A_CHECK} alarms
 * @param results how many are sent in all
 * @param resultsPerSecond how fast
 * @param outages how often Cassandra is killed; the sink's process is, too, some time into each outage, again at its end in the
 *     first one, and once more while it catches up
 * @param outage how long Cassandra stays away
 */
record LossPlan(String name, long seed, int checks, long results, int resultsPerSecond, int outages, Duration outage) {
    /** For every test run. */
    static LossPlan quick(long seed) {
        return new LossPlan("losses, in short", seed, 300, 15_000, 600, 1, Duration.ofSeconds(8));
    }

    static LossPlan full(long seed) {
        return new LossPlan("losses", seed, 1_000, 200_000, 1_200, 2, Duration.ofMinutes(1));
    }

    @Override
    public String toString() {
        return name;
    }
}
