/**
 * What a stream task does about its tenants' alarms: it keeps incidents, plans deliveries, queues them, and learns how
 * that ended. For the topology and the wiring.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.task;
