package io.tidewatch.system.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** The figures of a drill, for people. */
final class DrillReport {
    private static final double MS_A_SECOND = 1_000.0;

    private final List<String> lines = new ArrayList<>();

    DrillReport(Plan plan, DrillStory story, Drill.Account account, Verdict verdict) {
        List<Blow> kills = account.blows().stream().filter(Blow::isKill).toList();
        List<Blow> rebalances =
                account.blows().stream().filter(blow -> !blow.isKill()).toList();
        lines.add("Drill: " + plan + ", seed " + plan.seed());
        line("alarms, zones", story.alarms() + ", 3");
        line("results", account.results() + " in " + account.took().toSeconds() + " s");
        line("transitions", verdict.transitions() + ", undisturbed " + verdict.undisturbedTransitions());
        line("alert events aborted", verdict.abortedEvents());
        line(
                "kill -9",
                kills.size() + ", "
                        + kills.stream().filter(Blow::openTransaction).count()
                        + " of them inside a transaction, "
                        + kills.stream().filter(Blow::inRestore).count() + " inside a restore");
        line("joined or left in order", rebalances.size());
        line("partitions handed over", account.handovers() + " or more");
        recovery("kill", peaceful(account.blows(), kills));
        recovery("rebalance", peaceful(account.blows(), rebalances));
        line("differing transitions", verdict.transitionDifferences().isEmpty() ? "none" : "SOME");
        line("differing alarm states", verdict.stateDifferences().isEmpty() ? "none" : "SOME");
        line("dead letters", verdict.deadLetters());
        account.blows()
                .forEach(blow -> lines.add(String.format(
                        "  %-20s %-12s %-12s %-8s first %5s  all %5s",
                        blow.kind(),
                        blow.instance(),
                        blow.openTransaction() ? "transaction" : "",
                        blow.inRestore() ? "restore" : "",
                        seconds(blow.firstMs()),
                        seconds(blow.allMs()))));
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    private void recovery(String after, List<Blow> blows) {
        if (!blows.isEmpty()) {
            line(after + "s with time to recover", blows.size());
            line("  first transition after", medianAndMax(blows, Blow::firstMs));
            line("  in every partition after", medianAndMax(blows, Blow::allMs));
        }
    }

    /** Those that had been got over before the next one came: the others' recoveries tell of more than one. */
    private static List<Blow> peaceful(List<Blow> all, List<Blow> some) {
        return some.stream()
                .filter(blow -> blow.allMs().isPresent()
                        && all.stream()
                                .noneMatch(other -> other.atMs() > blow.atMs()
                                        && other.atMs()
                                                < blow.atMs() + blow.allMs().getAsLong()))
                .toList();
    }

    private void line(String name, Object value) {
        lines.add(String.format("  %-36s %s", name, value));
    }

    private static String medianAndMax(List<Blow> blows, Function<Blow, OptionalLong> figure) {
        long[] sorted = blows.stream()
                .map(figure)
                .flatMapToLong(OptionalLong::stream)
                .sorted()
                .toArray();
        return sorted.length == 0
                ? "never"
                : String.format(
                        "median %.1f s, max %.1f s",
                        sorted[sorted.length / 2] / MS_A_SECOND, sorted[sorted.length - 1] / MS_A_SECOND);
    }

    private static String seconds(OptionalLong ms) {
        return ms.isPresent() ? String.format("%.1f", ms.getAsLong() / MS_A_SECOND) : "never";
    }
}
