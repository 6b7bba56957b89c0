/** Tries what a tenant has configured, for real, and tells how that went. For the gateway's wiring. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.trial;
