package io.tidewatch.gateway.records;

import io.tidewatch.topics.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record for one of the topics.
 *
 * @param partitionedBy the text that decides the partition, such as the path of a check; empty when the key does
 * @param value empty for a tombstone, which deletes the key from a compacted topic
 */
public record LogEntry(Topic topic, String key, Optional<String> partitionedBy, Optional<SpecificRecord> value) {
    /** The same place, with nothing there. */
    public LogEntry tombstone() {
        return new LogEntry(topic, key, partitionedBy, Optional.empty());
    }
}
