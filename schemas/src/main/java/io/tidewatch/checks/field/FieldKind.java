package io.tidewatch.checks.field;

import java.util.Locale;

/** What sort of value a field takes, for people and for forms that people fill in. */
public enum FieldKind {
    TEXT,
    INTEGER,
    BOOLEAN,
    /** A regular expression in RE2's syntax, as a text. */
    PATTERN,
    URL,
    LIST,
    MAP;

    /** As the API and the documentation have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
