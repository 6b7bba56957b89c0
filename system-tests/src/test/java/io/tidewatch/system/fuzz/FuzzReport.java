package io.tidewatch.system.fuzz;

import io.tidewatch.system.fuzz.calm.Judgement;
import io.tidewatch.system.fuzz.calm.Pulse;
import java.util.List;
import java.util.function.ToLongFunction;

/** Prints the figures, kind by kind as they come, for people. */
final class FuzzReport {
    FuzzReport(FuzzPlan plan) {
        say("Fuzz, seed " + plan.seed());
    }

    /** One kind: what was sent, how the undisturbed tenant fared, and how much was found. */
    void kind(Kind kind, String figures, List<Pulse> pulses, Judgement judgement, int found) {
        say(String.format(
                "  %-24s %-58s calm: request %4d ms, transition %4d ms, late %d%s",
                kind.name(),
                figures,
                largest(pulses, Pulse::requestMs),
                largest(pulses, Pulse::transitionMs),
                judgement.late(pulses),
                found == 0 ? "" : "  FOUND " + found));
    }

    void line(String name, Object value) {
        say(String.format("  %-36s %s", name, value));
    }

    void add(List<String> more) {
        more.forEach(line -> say("  " + line));
    }

    @SuppressWarnings("SystemOut") // For who runs it, and waits for hours.
    private static void say(String line) {
        System.out.println(line);
    }

    static long largest(List<Pulse> pulses, ToLongFunction<Pulse> of) {
        return pulses.stream().mapToLong(of).max().orElse(0);
    }
}
