/**
 * The side of the sink application that writes to Cassandra: one class for each statement, and the barrier that keeps
 * offsets behind the rows they stand for. For the sink's topology and the wiring. Tables are described in
 * {@code io.tidewatch.timeseries}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.sink;
