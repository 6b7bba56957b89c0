package io.tidewatch.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Thrown when the registry refuses: an id that it does not know, or a schema. Asking again gives the same. */
public class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1;

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
