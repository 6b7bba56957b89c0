package io.tidewatch.serde;

/** The registry could not be asked. The record is not to blame, and asking again later may well work. */
public final class RegistryUnavailableException extends RegistryException {
    private static final long serialVersionUID = 1;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
