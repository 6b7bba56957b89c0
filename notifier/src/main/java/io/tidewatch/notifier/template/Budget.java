package io.tidewatch.notifier.template;

/** What rendering one body may cost. Not thread-safe: each rendering has its own. */
final class Budget {
    /** As many bytes as no receiver of messages takes, at three for each character. */
    private static final int MOST_CHARS = 64 << 10;

    /** Sections within each other multiply: ten lists of ten would go round ten thousand million times. */
    private static final int MOST_STEPS = 100_000;

    private int chars = MOST_CHARS;
    private int steps = MOST_STEPS;

    void spendChars(int count) {
        chars -= count;
        if (chars < 0) {
            throw new RefusalException("makes more than " + MOST_CHARS + " characters");
        }
    }

    void spendStep() {
        steps--;
        if (steps < 0) {
            throw new RefusalException("takes more than " + MOST_STEPS + " steps");
        }
    }
}
