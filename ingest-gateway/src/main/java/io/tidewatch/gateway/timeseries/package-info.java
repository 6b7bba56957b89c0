/**
 * What the gateway reads of the past: the port, its questions, and the values that it answers with. For the gateway's endpoints.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.timeseries;
