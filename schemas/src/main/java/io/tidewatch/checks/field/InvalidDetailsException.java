package io.tidewatch.checks.field;

/** A value in the details of a check or of a notification is missing or unfit. Says which and why, for its owner. */
public final class InvalidDetailsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String reason;

    /**
     * @param field the path of the value inside of the details, such as {@code headers.Host}
     * @param reason what is wrong with it, to be read after the path
     */
    public InvalidDetailsException(String field, String reason) {
        super("details." + field + " " + reason, null, false, false);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }
}
