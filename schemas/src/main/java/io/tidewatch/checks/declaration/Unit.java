package io.tidewatch.checks.declaration;

import java.util.Locale;
import java.util.Optional;

/** The unit of a measured number. */
public enum Unit {
    /** A text, or a number that counts what its name says. */
    NONE,
    MILLISECONDS,
    SECONDS,
    BYTES,
    KILOBYTES,
    PERCENT,
    PACKETS;

    /** As results have it; empty for no unit. */
    public Optional<String> word() {
        return this == NONE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
    }
}
