package io.tidewatch.gateway.timeseries;

import java.time.Instant;

/** What a text metric became, and when. */
public record StoredText(Instant timestamp, String text) {}
