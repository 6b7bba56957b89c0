package io.tidewatch.gateway.timeseries;

import io.tidewatch.timeseries.Series;
import java.time.Instant;

/**
 * A metric of a series, from {@code from} to right before {@code until}; of what is there the {@code limit} oldest.
 */
public record MetricRange(Series series, String metric, Instant from, Instant until, int limit) {}
