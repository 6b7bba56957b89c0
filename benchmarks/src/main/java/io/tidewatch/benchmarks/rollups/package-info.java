/** The benchmark <em>rollups</em>: the throughput of rollups. For the command only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.rollups;
