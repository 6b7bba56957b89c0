package io.tidewatch.topics;

import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of one of our topics, decoded.
 *
 * @param value empty for a tombstone, which deletes the key from a compacted topic
 */
public record TopicRecord(Topic topic, String key, Optional<SpecificRecord> value) {}
