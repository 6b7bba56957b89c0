package io.tidewatch.gateway.timeseries;

import java.util.List;
import java.util.Optional;

/**
 * A metric and its points in a range.
 *
 * @param metric empty when the list of the check's metrics lacks it
 * @param points oldest first
 */
public record MetricPoints<T>(Optional<StoredMetric> metric, List<T> points) {
    public MetricPoints {
        points = List.copyOf(points);
    }
}
