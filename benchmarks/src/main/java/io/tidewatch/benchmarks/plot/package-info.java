/** The benchmark <em>plot</em>: plots over HTTP out of a Cassandra with many rows. For the command only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.plot;
