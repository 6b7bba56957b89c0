package io.tidewatch.benchmarks.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A fleet's first results, all of them in Kafka before anybody reads one, as if pollers had sent them up to
 * now.
 *
 * @param end the time just after the last result's
 */
public record Backlog(Fleet fleet, long results, Instant end) {
    /** On each result: its zone, for those who don't decode it. */
    public static final String ZONE = "benchmark-zone";

    /** Each zone has its turn every 30 seconds, as the checks' period says. */
    private static final Duration TURN_EVERY = Duration.ofSeconds(10);

    /** The record's own time is the result's, as if it had been sent then. */
    public Instant timestamp(long result) {
        return begin().plus(sinceBegin(result));
    }

    public Instant begin() {
        return end.minus(sinceBegin(results));
    }

    /**
     * When checks and alarms were published: of the inputs of a task, Kafka Streams takes the oldest record first, and of
     * two of the same age any.
     */
    public Instant configuredAt() {
        return begin().minus(TURN_EVERY);
    }

    /** Returns when Kafka has all of them. */
    public void send(Producer<String, SpecificRecord> producer, String topic) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        for (long result = 0; result < results; result++) {
            Instant timestamp = timestamp(result);
            var unused = producer.send(
                    new ProducerRecord<>(
                            topic,
                            null,
                            timestamp.toEpochMilli(),
                            fleet.pathOf(result).toString(),
                            fleet.result(result, timestamp),
                            headers(result, timestamp)),
                    (place, refusal) -> {
                        if (refusal != null) {
                            failure.completeExceptionally(refusal);
                        }
                    });
        }
        producer.flush();
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
    }

    /** Makes known which transitions will come of it. */
    public void announce(Transitions transitions) {
        for (long result = 0; result < results; result++) {
            if (fleet.decides(result)) {
                transitions.departed(fleet.eventId(result, timestamp(result)), System.nanoTime(), false);
            }
        }
    }

    private List<Header> headers(long result, Instant timestamp) {
        List<Header> headers = new ArrayList<>(2);
        headers.add(new RecordHeader(ZONE, new byte[] {(byte) fleet.zoneOf(result)}));
        if (fleet.decides(result)) {
            headers.add(EventMark.of(fleet.eventId(result, timestamp)));
        }
        return headers;
    }

    private Duration sinceBegin(long result) {
        return TURN_EVERY.multipliedBy(result).dividedBy(fleet.checks());
    }
}
