package io.tidewatch.benchmarks.throughput;

import java.util.Locale;

/** Who works off a backlog. */
public enum Contender {
    ALARMS("alarms"),
    ROLLUPS("rollups"),
    BARE("bare, RocksDB"),
    BARE_IN_MEMORY("bare, in memory"),
    SINK("sink"),
    BARE_DRIVER("bare driver");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    /** The {@code application.id} of a bare one, another one in each round. */
    public String id(int round) {
        return "benchmark-" + name().toLowerCase(Locale.ROOT) + "-" + round;
    }

    /** For people. */
    @Override
    public String toString() {
        return label;
    }
}
