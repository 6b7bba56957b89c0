package io.tidewatch.settings;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a setting is unknown, missing or bad. The message is for people: it names the setting and says what is
 * accepted.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SettingsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
