package io.tidewatch.standalone.scenario;

import io.tidewatch.schema.State;
import io.tidewatch.standalone.scenario.Scenario.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A performance beside what its scenario promises. Immutable.
 *
 * @param passed whether all promised transitions happened, in order, and no others
 * @param lines both as one list for people: {@code -} before what was promised and did not happen, {@code +} before what
 *     happened and was not promised
 */
public record Review(boolean passed, List<String> lines) {
    public Review {
        lines = List.copyOf(lines);
    }

    public static Review of(Performance performance) {
        Optional<List<Expectation>> expected = performance.scenario().expected();
        if (expected.isEmpty()) {
            return new Review(
                    false, List.of("the scenario has no 'transitions'; 'transitions: []' says that none may happen"));
        }
        Alignment alignment = new Alignment(expected.get(), performance.transitions());
        List<String> lines = new ArrayList<>(alignment.lines());
        performance.disabledReason().ifPresent(reason -> lines.add("the engine disabled the alarm: " + reason));
        return new Review(alignment.isComplete() && performance.disabledReason().isEmpty(), lines);
    }

    /** A longest common subsequence, so that one missing transition does not make all later ones look wrong. */
    private static final class Alignment {
        private final List<Expectation> expected;
        private final List<Transition> happened;
        /** How many of those from here on can be matched, by position in the two lists. */
        private final int[][] matches;

        Alignment(List<Expectation> expected, List<Transition> happened) {
            this.expected = expected;
            this.happened = happened;
            this.matches = new int[expected.size() + 1][happened.size() + 1];
            for (int e = expected.size() - 1; e >= 0; e--) {
                for (int h = happened.size() - 1; h >= 0; h--) {
                    matches[e][h] = expected.get(e).isMetBy(happened.get(h))
                            ? matches[e + 1][h + 1] + 1
                            : Math.max(matches[e + 1][h], matches[e][h + 1]);
                }
            }
        }

        boolean isComplete() {
            return matches[0][0] == expected.size() && matches[0][0] == happened.size();
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            int e = 0;
            int h = 0;
            while (e < expected.size() || h < happened.size()) {
                if (e < expected.size()
                        && h < happened.size()
                        && expected.get(e).isMetBy(happened.get(h))) {
                    lines.add(line(' ', happened.get(h++)));
                    e++;
                } else if (h == happened.size() || (e < expected.size() && matches[e + 1][h] >= matches[e][h + 1])) {
                    lines.add(line(expected.get(e++)));
                } else {
                    lines.add(line('+', happened.get(h++)) + "   <- happened, but is not promised");
                }
            }
            return lines;
        }

        private static String line(char sign, Transition transition) {
            return line(
                    sign,
                    transition.at(),
                    transition.previous().name(),
                    transition.state(),
                    "'" + transition.status() + "'");
        }

        private static String line(Expectation expectation) {
            String line = line(
                    '-',
                    expectation.at(),
                    expectation.previous().map(State::name).orElse("any"),
                    expectation.state(),
                    expectation.status().map(status -> "'" + status + "'").orElse("any status"));
            return line + "   <- promised, but did not happen";
        }

        private static String line(char sign, Duration at, String previous, State state, String status) {
            return String.format(Locale.ROOT, "%c %8s  %-8s -> %-8s  %s", sign, text(at), previous, state, status);
        }

        private static String text(Duration at) {
            return at.toMillisPart() == 0 ? at.toSeconds() + "s" : at.toMillis() + "ms";
        }
    }
}
