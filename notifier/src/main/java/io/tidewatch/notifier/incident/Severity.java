package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;
import java.util.Comparator;

/** Which of two states is the worse one. That nothing is known is worse than a warning, and better than a known failure. */
public final class Severity {
    /** For lists that begin with what matters most. */
    public static final Comparator<State> WORST_FIRST =
            Comparator.comparingInt(Severity::rank).reversed();

    private Severity() {}

    static boolean isWorse(State one, State other) {
        return rank(one) > rank(other);
    }

    public static State worse(State one, State other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(State state) {
        return switch (state) {
            case OK -> 0;
            case WARNING -> 1;
            case UNKNOWN -> 2;
            case CRITICAL -> 3;
        };
    }
}
