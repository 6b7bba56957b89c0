package io.tidewatch.streams.timeseries;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;

/** Every insert of the sink, prepared on one session. */
public record Inserts(Insert<CheckResult> results, Insert<MetricRollup> rollups) {}
