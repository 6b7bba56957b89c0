package io.tidewatch.serde;

/** Thrown when the registry does not answer. Nothing is wrong with the record; a later attempt may succeed. */
public final class RegistryUnavailableException extends RegistryException {
    private static final long serialVersionUID = 1;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
