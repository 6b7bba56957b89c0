package io.tidewatch.runtime.application;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record, as its producer or its broker set it; the epoch for a record that has none. Brokers take those,
 * and Kafka Streams' own extractor ends the thread on them, at each start again. A check result without a time of its record
 * is then one from the future, which {@link ValidateResult} puts aside. Kafka Streams makes the instances; stateless.
 *
 * <p>Source: Kafka 4.3.1, {@code FailOnInvalidTimestamp}; {@code LogValidator}, which judges every time but {@code
 * NO_TIMESTAMP}.
 */
public final class RecordTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTimeMs) {
        return Math.max(0, record.timestamp());
    }
}
