/** Embedded servers of a benchmark's own, empty at the start and deleted at the end. For all benchmarks. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.servers;
