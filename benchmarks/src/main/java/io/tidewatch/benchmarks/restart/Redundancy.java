package io.tidewatch.benchmarks.restart;

import java.util.Locale;

/** The other processes that run when one is killed. */
enum Redundancy {
    /** None: the killed one is started again at once, with its state directory. */
    ALONE(1, 0),

    /** One that keeps a warm copy and takes over; the killed one is started again when that has been measured. */
    STANDBY(2, 1);

    private final int processes;
    private final int standbys;

    Redundancy(int processes, int standbys) {
        this.processes = processes;
        this.standbys = standbys;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    int processes() {
        return processes;
    }

    /** What {@code standby.replicas} is. */
    int standbys() {
        return standbys;
    }
}
