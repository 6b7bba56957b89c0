package io.tidewatch.runtime.quarantine;

import org.apache.kafka.common.TopicPartition;

/**
 * A record in a node of the topology, which may have made its task fail.
 *
 * @param timestampMs the record's own
 * @param stage the node
 */
record Suspect(TopicPartition partition, long offset, long timestampMs, String stage) {}
