/**
 * What each receiver of an alarm believes, and what it has to be told next. Pure: no clock, no Kafka, no connection. For the
 * stream task that plans deliveries.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.incident;
