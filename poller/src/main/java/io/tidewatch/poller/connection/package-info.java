/** Opens a run's connections: name, address policy, TCP, TLS. For the probes that speak over TCP. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.connection;
