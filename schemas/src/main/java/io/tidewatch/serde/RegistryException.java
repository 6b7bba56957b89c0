package io.tidewatch.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** The registry answered, and the answer is no: an unknown id, or a schema it refuses. Asking again gives the same. */
public class RegistryException extends SerializationException {
    private static final long serialVersionUID = 1;

    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
