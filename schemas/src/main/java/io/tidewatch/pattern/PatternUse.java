package io.tidewatch.pattern;

/** What a pattern is for, and how large it may be: matching takes time in proportion to its instructions and the text. */
public enum PatternUse {
    /**
     * Compares a metric's text in an alarm's criteria. A repetition of 1000, the most that RE2 allows, fits in. Source: RE2/J
     * 1.8 matches 2000 instructions against 1000 characters in about 15 ms at worst, measured on the project's build machine.
     */
    CRITERIA(2048),

    /**
     * Searches in what the target of a check says. Source: measured here, 500 instructions take a second over 100 000 bytes
     * in the worst case, and a usual expression a hundredth of that.
     */
    SEARCH(500),

    /**
     * Compares a field of an alarm, of 255 characters at most, for each alarm of a tenant. Source: half a millisecond in the worst case,
     * by what was measured for criteria; a list of twenty host names fits in.
     */
    MATCHER(256);

    private final int maxInstructions;

    PatternUse(int maxInstructions) {
        this.maxInstructions = maxInstructions;
    }

    int maxInstructions() {
        return maxInstructions;
    }
}
