package io.tidewatch.pattern;

/** Thrown when a pattern is refused. */
public final class UnfitPatternException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String objection;

    UnfitPatternException(String objection) {
        super(objection);
        this.objection = objection;
    }

    /** What is wrong, for the pattern's author, as the end of a sentence that begins with the pattern. */
    public String objection() {
        return objection;
    }
}
