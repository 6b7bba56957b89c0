package io.tidewatch.notifier.channel;

/** A setting of a notification is missing, or is of no use. The message is for its owner, and does not contain its value. */
final class UnfitDetailsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    UnfitDetailsException(String name, String reason) {
        super("its " + name + " " + reason);
        this.reason = "its " + name + " " + reason;
    }

    String reason() {
        return reason;
    }
}
