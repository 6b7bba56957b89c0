package io.tidewatch.runtime.deadletters;

import io.tidewatch.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of dead letters: as they are, or so much of them as {@code dead-letters} has room for. The header {@code
 * length} then says how many bytes there were. A source may be larger than its topic's limit, because brokers measure what
 * is compressed. Thread-safe.
 */
public final class CutValues implements Serializer<byte[]> {
    /** Keys are names, and never so long but by mistake. */
    static final int MAX_KEY_BYTES = 256 << 10;

    /** All texts of {@link DeadLetter} together have less. */
    private static final int HEADERS_BYTES = 64 << 10;

    /** So much of a value is kept. */
    public static final int MAX_VALUE_BYTES = Topic.LARGEST_DEAD_LETTER_BYTES - MAX_KEY_BYTES - HEADERS_BYTES;

    @Override
    public byte @Nullable [] serialize(String topic, byte @Nullable [] value) {
        return value == null || value.length <= MAX_VALUE_BYTES ? value : Arrays.copyOf(value, MAX_VALUE_BYTES);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, byte @Nullable [] value) {
        if (value != null && value.length > MAX_VALUE_BYTES) {
            headers.add("length", Integer.toString(value.length).getBytes(StandardCharsets.UTF_8));
        }
        return serialize(topic, value);
    }
}
