/**
 * Reads the time series that the sink keeps in Cassandra: which table, which partitions, in which order. For the gateway's wiring;
 * the only package of the gateway that knows the driver.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.timeseries.cassandra;
