package io.tidewatch.system.drills;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of a drill about rows beside those of the undisturbed run, for people; and what differs between them. */
final class LossReport {
    private static final int MEDIAN = 50;
    private static final int NEARLY_ALL = 99;
    private static final int EXAMPLES = 3;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Set<String>> undisturbed;
    private final Map<String, Set<String>> disturbed;
    private double slowdown;

    LossReport(LossPlan plan, LossDrill.Account undisturbed, LossDrill.Account disturbed) {
        this.undisturbed = undisturbed.rows();
        this.disturbed = disturbed.rows();
        lines.add("Drill: " + plan + ", seed " + plan.seed());
        line("results", disturbed.results() + ", " + plan.resultsPerSecond() + " a second");
        line("Cassandra away", plan.outages() + " x " + plan.outage().toSeconds() + " s");
        line("kill -9 of rollups and sink", disturbed.kills());
        line("committed before they were stored", disturbed.committedTooEarly());
        if (plan.comparesLatencies()) {
            latency("alarms, undisturbed", undisturbed.latenciesMs());
            latency("alarms, disturbed", disturbed.latenciesMs());
            slowdown = (double) percentile(disturbed.latenciesMs(), NEARLY_ALL)
                    / percentile(undisturbed.latenciesMs(), NEARLY_ALL);
            line("  99 of 100, disturbed : undisturbed", String.format("%.2f", slowdown));
        }
        line(
                "caught up after the last result",
                disturbed.caughtUpAfter().toSeconds() + " s, undisturbed "
                        + undisturbed.caughtUpAfter().toSeconds() + " s");
        StoredRows.tables()
                .forEach(table -> line(
                        table,
                        String.format(
                                "%7d rows, undisturbed %7d, missing %d, surplus %d",
                                rows(this.disturbed, table).size(),
                                rows(this.undisturbed, table).size(),
                                missing(table).size(),
                                surplus(table).size())));
    }

    /** How many times longer the slowest hundredth of the alarms took with disturbances; 0 when that is not compared. */
    double slowdown() {
        return slowdown;
    }

    /** Some of the rows that only one of the two runs has; empty when they are equal. */
    List<String> differences() {
        List<String> found = new ArrayList<>();
        for (String table : StoredRows.tables()) {
            missing(table).stream().limit(EXAMPLES).forEach(row -> found.add(table + " lacks " + row));
            surplus(table).stream().limit(EXAMPLES).forEach(row -> found.add(table + " has " + row));
        }
        return found;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    private Set<String> missing(String table) {
        return without(rows(undisturbed, table), rows(disturbed, table));
    }

    private Set<String> surplus(String table) {
        return without(rows(disturbed, table), rows(undisturbed, table));
    }

    private void latency(String name, List<Long> latenciesMs) {
        line(
                name,
                String.format(
                        "%d transitions, median %d ms, 99 of 100 within %d ms",
                        latenciesMs.size(), percentile(latenciesMs, MEDIAN), percentile(latenciesMs, NEARLY_ALL)));
    }

    private void line(String name, Object value) {
        lines.add(String.format("  %-36s %s", name, value));
    }

    /** By nearest rank. */
    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }

    private static Set<String> rows(Map<String, Set<String>> everything, String table) {
        return everything.getOrDefault(table, Set.of());
    }

    private static Set<String> without(Set<String> rows, Set<String> others) {
        Set<String> left = new HashSet<>(rows);
        left.removeAll(others);
        return left;
    }
}
