package io.tidewatch.gateway.timeseries;

import java.time.Instant;

/** A new value of a text metric, and when it was first reported. */
public record StoredText(Instant timestamp, String text) {}
