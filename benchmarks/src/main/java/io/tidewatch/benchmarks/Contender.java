package io.tidewatch.benchmarks;

/** Who works off the results, in the order of a round. */
enum Contender {
    ALARMS("alarms"),
    BARE("bare, RocksDB"),
    BARE_IN_MEMORY("bare, in memory");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    /** For people. */
    @Override
    public String toString() {
        return label;
    }
}
