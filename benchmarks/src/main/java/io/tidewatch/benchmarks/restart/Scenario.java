package io.tidewatch.benchmarks.restart;

import java.util.Locale;

/** Who is there when a process is killed. */
enum Scenario {
    /** Nobody: it is started again at once, with its state directory. */
    ALONE(1, 0),

    /** Another that keeps a warm copy, and takes over; the killed one stays away until that is measured. */
    STANDBY(2, 1);

    private final int processes;
    private final int standbys;

    Scenario(int processes, int standbys) {
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
