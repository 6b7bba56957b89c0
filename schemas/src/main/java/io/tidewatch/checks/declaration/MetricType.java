package io.tidewatch.checks.declaration;

import java.util.Locale;

/** What the values of a metric are, as results have them: long, double, string, boolean. */
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
