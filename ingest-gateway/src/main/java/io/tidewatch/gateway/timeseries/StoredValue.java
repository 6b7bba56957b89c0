package io.tidewatch.gateway.timeseries;

import java.time.Instant;

/** A number that a check reported. */
public record StoredValue(Instant timestamp, double value) {}
