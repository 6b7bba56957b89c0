/**
 * The Cassandra side: keyspace and tables, one class for each statement, and the barrier that keeps offsets behind the
 * writes they stand for. For the sink topology and the wiring; the only place that knows Cassandra.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.sink;
