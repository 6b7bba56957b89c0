package io.tidewatch.gateway.timeseries;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * The numbers of one window.
 *
 * @param sketch in the form of {@link io.tidewatch.timeseries.QuantileSketch#toProtobuf}; empty when none was kept
 */
public record StoredRollup(
        Instant windowStart,
        Optional<String> unit,
        long count,
        double sum,
        double min,
        double max,
        double mean,
        double variance,
        double first,
        Instant firstAt,
        double last,
        Instant lastAt,
        Optional<ByteBuffer> sketch) {}
