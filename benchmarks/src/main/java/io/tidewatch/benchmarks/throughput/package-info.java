/** How fast a backlog is processed, and contenders compared by that, in turns. For the benchmarks of throughput. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.throughput;
