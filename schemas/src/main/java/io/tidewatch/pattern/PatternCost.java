package io.tidewatch.pattern;

/**
 * What a pattern takes at most, or several together, foreseen from its text before it is compiled.
 *
 * @param instructions what it compiles to, 64 bytes each: matching takes time in proportion
 * @param ranges how many ranges of characters its classes have, 8 bytes each
 * @param steps what compiling its classes takes: about 60 ns each
 */
public record PatternCost(long instructions, long ranges, long steps) {
    public static final PatternCost NONE = new PatternCost(0, 0, 0);

    /**
     * Ten of the largest Unicode classes, such as {@code \p{Ll}}, fit in, and so do 40 of a usual size: 64 KB.
     */
    static final long MAX_RANGES = 8192;

    /**
     * Every character of Unicode fits in once with its case ignored. Source: RE2/J 1.8 takes 25 ms for those, and 90 ms for
     * this many of the letters that have most other forms, measured on the project's build machine.
     */
    static final long MAX_STEPS = 1_500_000;

    /** How much of each all patterns of one criteria may take together, as a multiple of one. */
    private static final int PATTERNS = 4;

    /**
     * What all patterns of a criteria may have together. A criteria without counted repetitions, such as x{100}, stays below
     * whatever it says; with them, it could ask for a hundred megabytes. Source: twice the 16 384 characters of a criteria.
     */
    private static final long MAX_INSTRUCTIONS_TOGETHER = 32_768;

    public PatternCost plus(PatternCost other) {
        return new PatternCost(instructions + other.instructions, ranges + other.ranges, steps + other.steps);
    }

    /** Whether patterns that take this together are too many for one criteria. */
    public boolean isTooMuchTogether() {
        return instructions > MAX_INSTRUCTIONS_TOGETHER
                || ranges > PATTERNS * MAX_RANGES
                || steps > PATTERNS * MAX_STEPS;
    }

    boolean isTooMuchFor(PatternUse use) {
        return instructions > use.maxInstructions() || ranges > MAX_RANGES || steps > MAX_STEPS;
    }
}
