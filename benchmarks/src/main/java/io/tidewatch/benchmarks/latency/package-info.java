/** The benchmark <em>latency</em>: from a check result to its alert. For the command only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.latency;
