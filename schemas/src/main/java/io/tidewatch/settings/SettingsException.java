package io.tidewatch.settings;

import org.jspecify.annotations.Nullable;

/** A setting is unknown, missing or bad; the message names it and says what is accepted. For people, not for a retry. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SettingsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
