package io.tidewatch.poller.probe;

/** A check can't be run as it is configured. The message names what is wrong, for the check's owner; it ends up in a status. */
public final class InvalidCheckException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidCheckException(String message) {
        super(message);
    }
}
