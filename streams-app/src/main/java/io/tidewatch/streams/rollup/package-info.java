/**
 * Rollups: windows of event time, and accumulators that can be merged. Pure but for {@code RollUpMetrics} and what it is
 * made of, which keep them in the stores of a stream task. For the rollup topology.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.rollup;
