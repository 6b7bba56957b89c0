/**
 * The alarms of a stream task: which alarms there are, what they remember, and what became of them. Deciding is left to
 * {@code io.tidewatch.streams.alarm.engine}. For the topologies.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.alarm;
