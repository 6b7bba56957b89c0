package io.tidewatch.criteria;

/**
 * Thrown when a criteria is refused. The message is a sentence that its author can act on. The place is not in the message;
 * the methods here give it. Parsing the same text again gives the same.
 */
public final class CriteriaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;
    private final int line;
    private final int column;
    private final String token;

    CriteriaException(String text, int position, String token, String message) {
        super(message);
        this.position = position;
        this.line =
                1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
        this.column = position - text.lastIndexOf('\n', position - 1);
        this.token = token;
    }

    /** The offset of the offending token, in UTF-16 units from 0; the text's length at most. */
    public int position() {
        return position;
    }

    /** The line of the offending token, from 1. */
    public int line() {
        return line;
    }

    /** The column of the offending token, in UTF-16 units from 1; a tab counts as one. */
    public int column() {
        return column;
    }

    /** What stands at the position: a word, a sign, a string, a single character, or {@code end of text}. */
    public String token() {
        return token;
    }
}
