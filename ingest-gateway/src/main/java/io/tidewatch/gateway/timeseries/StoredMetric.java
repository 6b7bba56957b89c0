package io.tidewatch.gateway.timeseries;

import io.tidewatch.timeseries.MetricKind;
import java.util.Optional;

/**
 * A metric of a check, as one zone reports it.
 *
 * @param zoneId empty text for an agent's check
 */
public record StoredMetric(String zoneId, String name, MetricKind kind, Optional<String> unit) {}
