package io.tidewatch.system.drills;

import static io.tidewatch.system.drills.Disturbance.JOIN;
import static io.tidewatch.system.drills.Disturbance.KILL;
import static io.tidewatch.system.drills.Disturbance.KILL_BOTH;
import static io.tidewatch.system.drills.Disturbance.KILL_IN_CATCH_UP;
import static io.tidewatch.system.drills.Disturbance.KILL_IN_RESTORE;
import static io.tidewatch.system.drills.Disturbance.KILL_WITH_DIRECTORY;
import static io.tidewatch.system.drills.Disturbance.LEAVE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How large a drill is, and what happens in it, one after the other.
 *
 * @param recoveries whether every other disturbance waits until the one before has been got over; otherwise all of them
 *     come as they like
 */
record Plan(
        String name, long seed, int checks, int resultsPerSecond, boolean recoveries, List<Disturbance> disturbances) {
    private static final int FULL_CHECKS = 1_000;
    private static final int FULL_RATE = 1_000;
    private static final int QUICK_CHECKS = 300;
    private static final int QUICK_RATE = 600;

    Plan {
        disturbances = List.copyOf(disturbances);
    }

    /** A bit of everything, for every test run. */
    static Plan quick(long seed) {
        return new Plan(
                "kills and rebalances, in short",
                seed,
                QUICK_CHECKS,
                QUICK_RATE,
                false,
                List.of(KILL_IN_CATCH_UP, JOIN, KILL_IN_RESTORE, LEAVE));
    }

    /** Twenty kills and more of every kind, in an order of chance. */
    static Plan kills(long seed) {
        List<Disturbance> disturbances = new ArrayList<>();
        disturbances.addAll(Collections.nCopies(4, KILL));
        disturbances.addAll(Collections.nCopies(4, KILL_WITH_DIRECTORY));
        disturbances.addAll(Collections.nCopies(3, KILL_IN_RESTORE));
        disturbances.addAll(Collections.nCopies(4, KILL_IN_CATCH_UP));
        disturbances.addAll(Collections.nCopies(2, KILL_BOTH));
        Collections.shuffle(disturbances, new Random(seed));
        return new Plan("kills", seed, FULL_CHECKS, FULL_RATE, true, disturbances);
    }

    /** Instances come and go in good order; between one and three are there. */
    static Plan rebalances(long seed) {
        List<Disturbance> disturbances = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            disturbances.addAll(List.of(JOIN, LEAVE, LEAVE, JOIN, JOIN, LEAVE));
        }
        return new Plan("rebalances", seed, FULL_CHECKS, FULL_RATE, true, disturbances.subList(0, 20));
    }

    int kills() {
        return disturbances.stream().mapToInt(Disturbance::kills).sum();
    }

    int rebalances() {
        return disturbances.stream().mapToInt(Disturbance::rebalances).sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
