package io.tidewatch.gateway.timeseries;

import java.util.Optional;

/**
 * That a check, seen from a zone, has such a metric.
 *
 * @param zoneId empty text for an agent's check
 */
public record StoredMetric(String zoneId, String name, Kind kind, Optional<String> unit) {
    /** What a metric's values are. */
    public enum Kind {
        NUMBER,
        TEXT
    }
}
