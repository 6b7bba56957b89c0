package io.tidewatch.secrets;

import org.jspecify.annotations.Nullable;

/** A sealed value can't be opened. The message is for operators: it says why, and has nothing of the value in it. */
public final class SealedSecretException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SealedSecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
