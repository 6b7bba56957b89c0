/**
 * Reads the time series that the sink keeps in Cassandra: which table, which partitions, in which order. For the endpoints
 * of the gateway; the only package of it that knows the driver, which none of its public types shows.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.timeseries;
