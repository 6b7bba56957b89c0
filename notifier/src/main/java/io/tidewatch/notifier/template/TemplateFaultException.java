package io.tidewatch.notifier.template;

/** What a user wrote can't be rendered. */
public final class TemplateFaultException extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    TemplateFaultException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Continues "the template". */
    public String reason() {
        return reason;
    }
}
