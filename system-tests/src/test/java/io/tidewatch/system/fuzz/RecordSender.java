package io.tidewatch.system.fuzz;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes records on {@code check-results} past all that a client of ours would keep from it, and keeps the books. No faster
 * than a quota of Kafka's would let it: how many bytes its records have is not what the fuzz is about.
 */
final class RecordSender implements AutoCloseable {
    /** Beyond what a broker takes, so that it is the broker who says so. */
    private static final int MAX_REQUEST_BYTES = 4 << 20;

    /** Nobody falls behind for the bytes alone. Source: three times as much delayed transitions, measured on two cores. */
    private static final long COST_A_SECOND = 8L << 20;

    /** What reading a header takes, in bytes of a value: all applications together read some 300 000 a second here. */
    private static final int COST_OF_A_HEADER = 100;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Findings findings;
    private final Map<String, String> dead = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private final Pace pace = new Pace(COST_A_SECOND);

    RecordSender(KafkaSettings kafka, Findings findings) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        // One that is refused takes no other with it.
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = kafka.topics().of(Topic.CHECK_RESULTS);
        this.findings = findings;
    }

    /** Returns before Kafka has it, and when the next one may be sent. */
    void send(String kind, long index, RawRecord record) {
        pace.await(record.bytes() + (long) COST_OF_A_HEADER * record.headers().size());
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, record.partition(), record.timestampMs(), record.key(), record.value());
        record.headers().forEach(message.headers()::add);
        var unused = producer.send(message, (place, failure) -> {
            if (failure instanceof RecordTooLargeException || failure instanceof InvalidTimestampException) {
                refused.incrementAndGet();
            } else if (failure != null) {
                findings.add(kind, "the broker did not take a record: " + failure, "record " + index + ": " + record);
            } else if (record.fate() == RawRecord.Fate.DEAD) {
                dead.put(place.partition() + "@" + place.offset(), kind + ", record " + index + ": " + record);
            }
        });
    }

    void flush() {
        producer.flush();
    }

    /** Records that must have become dead letters, by partition and offset; what they were. */
    Map<String, String> dead() {
        return dead;
    }

    /** Those that the broker refused, as too large or too far in the future. */
    long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        producer.close();
    }
}
