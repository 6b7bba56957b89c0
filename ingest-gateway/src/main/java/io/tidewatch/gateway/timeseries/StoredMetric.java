package io.tidewatch.gateway.timeseries;

import io.tidewatch.timeseries.MetricKind;
import java.util.Optional;

/**
 * That a check, seen from a zone, has such a metric.
 *
 * @param zoneId empty text for an agent's check
 */
public record StoredMetric(String zoneId, String name, MetricKind kind, Optional<String> unit) {}
