/**
 * Rollups: windows of event time, and accumulators that can be merged. Pure but for {@code RollUpMetrics}, which keeps them
 * in the stores of a stream task. For the rollup topology.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.rollup;
