package io.tidewatch.streams.alarm.engine;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the time that the regular expressions of a criteria may take on one observation. Time is linear in the size of the
 * patterns and in the length of the text, but a criteria has room for many patterns, and a text for a megabyte.
 */
final class MatchingBudget {
    /**
     * Instructions of the compiled patterns times characters of the longest text. Source: about a second with RE2/J 1.8 at
     * worst, measured on the project's build machine.
     */
    private static final long MAX_STEPS = 50_000_000;

    private MatchingBudget() {}

    /**
     * Checked before the event is sent, and not while matching: of what a method throws, Esper logs the arguments, which are
     * content.
     *
     * @throws IllegalStateException when the criteria's patterns could keep the thread for too long
     */
    static void requireWithin(Observed observed) {
        Wording wording = observed.alarm().wording();
        if (wording.instructions() > 0) {
            int longest = longestText(observed, wording);
            if (wording.instructions() * longest > MAX_STEPS) {
                throw new IllegalStateException(
                        "its regular expressions are too large for a text of " + longest + " characters");
            }
        }
    }

    private static int longestText(Observed observed, Wording wording) {
        int longest = 0;
        for (int metric = 0; metric < wording.metrics(); metric++) {
            longest = Math.max(longest, length(observed.metric(metric)));
            longest = Math.max(longest, length(observed.previous(metric)));
        }
        return longest;
    }

    private static int length(@Nullable Object value) {
        return value instanceof String text ? text.length() : 0;
    }
}
