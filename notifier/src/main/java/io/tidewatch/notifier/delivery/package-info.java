/**
 * When what is queued for one channel is tried, tried again, and given up. Pure: no clock, no Kafka, no connection. For the
 * stream task that sends deliveries.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.delivery;
