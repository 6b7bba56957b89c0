/**
 * Check results from elsewhere. For the gateway's wiring.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.ingest;
