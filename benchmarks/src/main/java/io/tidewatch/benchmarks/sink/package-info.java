/**
 * The benchmark <em>sink</em>: rows written into Cassandra in a second, and their size on the disk. For the command only.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.sink;
