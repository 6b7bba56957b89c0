package io.tidewatch.serde;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as another serializer does, but refuses those that Kafka might refuse. It does so before the record is
 * handed to a producer: with exactly once, what a producer finds to be too large ends the whole transaction. As
 * thread-safe as the other.
 */
public final class BoundedSerializer<T> implements Serializer<T> {
    /**
     * The most bytes of a value and its headers. Brokers take batches of 1 048 588 bytes where nobody says otherwise, which
     * leaves 127 000 for the key, of which Cassandra takes 65 535, and for the batch. Source: Kafka's {@code
     * message.max.bytes}.
     */
    public static final int MAX_BYTES = 900 << 10;

    private final Serializer<T> serializer;

    public BoundedSerializer(Serializer<T> serializer) {
        this.serializer = serializer;
    }

    /** @throws OversizedRecordException when the value is too large */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T value) {
        return bounded(topic, 0, serializer.serialize(topic, value));
    }

    /** @throws OversizedRecordException when value and headers are too large together */
    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable T value) {
        long headersBytes = 0;
        for (Header header : headers) {
            headersBytes += header.key().getBytes(StandardCharsets.UTF_8).length;
            headersBytes += header.value() == null ? 0 : header.value().length;
        }
        return bounded(topic, headersBytes, serializer.serialize(topic, headers, value));
    }

    private static byte @Nullable [] bounded(String topic, long headersBytes, byte @Nullable [] bytes) {
        long sizeBytes = headersBytes + (bytes == null ? 0 : bytes.length);
        if (sizeBytes > MAX_BYTES) {
            throw new OversizedRecordException(topic, sizeBytes);
        }
        return bytes;
    }
}
