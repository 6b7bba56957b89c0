package io.tidewatch.system.drills;

/** Something that happens to the instances of the alarms application. */
enum Disturbance {
    /** One gets kill -9, at any moment, and starts again. */
    KILL(1, 0),
    /** The same, and its directory is lost with it, as if it came back on another machine. */
    KILL_WITH_DIRECTORY(1, 0),
    /** One gets kill -9; the one that restores its stores then, itself or the other, gets it in the middle of that. */
    KILL_IN_RESTORE(2, 0),
    /** One gets kill -9; the one that makes up for the time lost, itself or the other, gets it in the middle of that. */
    KILL_IN_CATCH_UP(2, 0),
    /** All of them get kill -9 at once. */
    KILL_BOTH(2, 0),
    /** One more comes. */
    JOIN(0, 1),
    /** One is told to end, and goes. */
    LEAVE(0, 1);

    private final int kills;
    private final int rebalances;

    Disturbance(int kills, int rebalances) {
        this.kills = kills;
        this.rebalances = rebalances;
    }

    int kills() {
        return kills;
    }

    int rebalances() {
        return rebalances;
    }
}
