package io.tidewatch.notifier.template;

/** What a template does is not possible here. Passes through the template library, which may wrap it. */
final class RefusalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    RefusalException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Continues "the template". */
    String reason() {
        return reason;
    }
}
