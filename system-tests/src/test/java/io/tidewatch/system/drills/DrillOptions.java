package io.tidewatch.system.drills;

/** What whoever runs a drill may say about it, by system properties; the profile {@code drills} sets the size. */
public final class DrillOptions {
    private static final int SEEDS = 1_000_000;

    private DrillOptions() {}

    /** That of the property {@code seed}, for the same story again; else another one each time. */
    public static long seed() {
        return Long.getLong("seed", System.currentTimeMillis() % SEEDS);
    }

    /** Whether to run at length; else in short, as in every test run. */
    public static boolean isFull() {
        return System.getProperty("drills.size", "short").equals("full");
    }
}
