package io.tidewatch.benchmarks.load;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A header on each deciding result: the id of its event. The floors go by it; alarms don't know it. */
public final class EventMark {
    public static final String NAME = "benchmark-event-id";

    private EventMark() {}

    public static Header of(String eventId) {
        return new RecordHeader(NAME, eventId.getBytes(StandardCharsets.UTF_8));
    }

    /** @param marked a record that has the header */
    public static String eventId(ConsumerRecord<?, ?> marked) {
        return new String(marked.headers().lastHeader(NAME).value(), StandardCharsets.UTF_8);
    }
}
