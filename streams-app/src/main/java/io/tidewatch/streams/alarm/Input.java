package io.tidewatch.streams.alarm;

import io.tidewatch.topics.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record that a task is given: a result, or a change of a check or an alarm.
 *
 * @param topic where it is from
 * @param value null when a check or an alarm was deleted
 * @param timestampMs when it was published, in milliseconds since the epoch
 * @param offset its place in the partition of its topic, which is that of the task
 */
record Input(Topic topic, String key, @Nullable SpecificRecord value, long timestampMs, long offset) {}
