package io.tidewatch.gateway.history;

import io.tidewatch.gateway.timeseries.MetricPoints;
import io.tidewatch.gateway.timeseries.MetricRange;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.gateway.timeseries.StoredRollup;
import io.tidewatch.gateway.timeseries.StoredValue;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.Resolution;
import java.util.List;
import java.util.Optional;

/**
 * The points of a numeric metric.
 *
 * @param metric empty when the list of the check's metrics lacks it
 */
record Plot(Optional<StoredMetric> metric, Optional<String> unit, List<PlotPoint> points) {
    static Plot read(TimeSeries timeSeries, PlotResolution resolution, MetricRange range) {
        return resolution
                .rollups()
                .map(rollups -> ofRollups(timeSeries, rollups, range))
                .orElseGet(() -> ofValues(timeSeries, range));
    }

    /** The same, known to be of a metric. */
    Plot of(StoredMetric known) {
        return new Plot(Optional.of(known), known.unit(), points);
    }

    boolean isOfText() {
        return metric.filter(found -> found.kind() == MetricKind.TEXT).isPresent();
    }

    /** Whether nothing tells that there is such a metric. */
    boolean isOfNothing() {
        return metric.isEmpty() && points.isEmpty();
    }

    private static Plot ofRollups(TimeSeries timeSeries, Resolution resolution, MetricRange range) {
        MetricPoints<StoredRollup> found = timeSeries.rollups(resolution, range);
        Optional<String> newestUnit = found.points().stream()
                .flatMap(rollup -> rollup.unit().stream())
                .reduce((earlier, later) -> later);
        return new Plot(
                found.metric(),
                newestUnit.or(() -> found.metric().flatMap(StoredMetric::unit)),
                found.points().stream().<PlotPoint>map(PlotPoint.OfRollup::new).toList());
    }

    private static Plot ofValues(TimeSeries timeSeries, MetricRange range) {
        MetricPoints<StoredValue> found = timeSeries.values(range);
        return new Plot(found.metric(), found.metric().flatMap(StoredMetric::unit), PlotPoint.ofValues(found.points()));
    }
}
