package io.tidewatch.checks.declaration;

import java.util.Locale;

/** The type of a metric's values. In results they are long, double, string and boolean. */
public enum MetricType {
    INTEGER,
    DECIMAL,
    TEXT,
    BOOLEAN;

    /** As the API and the documentation have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
