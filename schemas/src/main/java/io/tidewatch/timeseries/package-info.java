/**
 * What is on disk: the Cassandra tables that the sink writes and the gateway reads, their buckets, and how to connect. For
 * those two, and for whoever prepares or inspects a Cassandra. Nobody else needs the driver, which is why it is optional.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.timeseries;
