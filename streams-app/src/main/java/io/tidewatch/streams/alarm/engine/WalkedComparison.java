package io.tidewatch.streams.alarm.engine;

import org.jspecify.annotations.Nullable;

/**
 * One comparison of a criteria that is too long to be written out as EPL: see {@link CriteriaShape}. Immutable.
 *
 * <p>Public, because Esper's generated classes call it; nobody else does.
 */
public final class WalkedComparison {
    private final int form;
    private final Value left;
    private final Value right;
    private final int pattern;

    /** One side, found in an observation; null where it is undefined. */
    interface Value {
        @Nullable
        Object of(Observed observed);
    }

    /**
     * @param form the number of the expression that decides it
     * @param pattern the number of the pattern that it compares with, if it does
     */
    WalkedComparison(int form, Value left, Value right, int pattern) {
        this.form = form;
        this.left = left;
        this.right = right;
        this.pattern = pattern;
    }

    public int getForm() {
        return form;
    }

    public @Nullable Object left(Observed observed) {
        return left.of(observed);
    }

    public @Nullable Object right(Observed observed) {
        return right.of(observed);
    }

    public int getPattern() {
        return pattern;
    }
}
