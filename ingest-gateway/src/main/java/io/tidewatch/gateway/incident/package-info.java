/**
 * The incidents of alarms, as the notifier tells of them, and what somebody may want of one. For the gateway's wiring.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.incident;
