package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;

/** Which of two states is the worse one. That nothing is known is worse than a warning, and better than a known failure. */
final class Severity {
    private Severity() {}

    static boolean isWorse(State one, State other) {
        return rank(one) > rank(other);
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
