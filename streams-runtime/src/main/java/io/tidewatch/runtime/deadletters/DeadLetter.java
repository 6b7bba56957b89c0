package io.tidewatch.runtime.deadletters;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record that was put aside, beside its key and value: the headers of a record on
 * {@code dead-letters}. All are text in UTF-8. See {@link CutValues} for one more, of values that are too long.
 *
 * @param topic header {@code topic}: where the record came from
 * @param partition header {@code partition}: of that topic
 * @param offset header {@code offset}: in that partition
 * @param timestampMs the header of that name without its unit: the record's own, milliseconds since the epoch
 * @param application header {@code application}: the {@code application.id} of who put it aside
 * @param stage header {@code stage}: {@link #DECODE}, or the node of the topology that refused it
 * @param error header {@code error}: the class of what was thrown
 * @param reason header {@code reason}: a sentence for people
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        long timestampMs,
        String application,
        String stage,
        String error,
        String reason) {
    /** The stage of a record whose bytes could not be read. */
    public static final String DECODE = "decode";

    private static final CutValues VALUES = new CutValues();
    private static final String COUNTER = "tidewatch.dead.letters";

    /** A reason may quote what is wrong, which may be as long as a record. */
    private static final int MAX_TEXT_LENGTH = 4096;

    public DeadLetter {
        error = cut(error);
        reason = cut(reason);
    }

    public Headers headers() {
        return new RecordHeaders()
                .add("topic", bytes(topic))
                .add("partition", bytes(Integer.toString(partition)))
                .add("offset", bytes(Long.toString(offset)))
                .add("timestamp", bytes(Long.toString(timestampMs)))
                .add("application", bytes(application))
                .add("stage", bytes(stage))
                .add("error", bytes(error))
                .add("reason", bytes(reason));
    }

    /** Counts it, by application, topic and stage. */
    public void count(MeterRegistry meters) {
        meters.counter(COUNTER, "application", application, "topic", topic, "stage", stage)
                .increment();
    }

    /** The record to send to {@code deadLetterTopic}, with the broker's or producer's own idea of the time. */
    ProducerRecord<byte[], byte[]> record(String deadLetterTopic, byte @Nullable [] key, byte @Nullable [] value) {
        Headers headers = headers();
        byte[] cutKey = key == null || key.length <= CutValues.MAX_KEY_BYTES
                ? key
                : Arrays.copyOf(key, CutValues.MAX_KEY_BYTES);
        byte[] cutValue = VALUES.serialize(deadLetterTopic, headers, value);
        return new ProducerRecord<>(deadLetterTopic, null, null, cutKey, cutValue, headers);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT_LENGTH ? text : text.substring(0, MAX_TEXT_LENGTH) + "…";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
