package io.tidewatch.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Sends the story's results at the pace of a load. One thread. */
public final class SteadySender {
    /** On a deciding result: the id of its event. The floor goes by it; alarms don't know it. */
    public static final String MARK = "benchmark-event-id";

    private final Producer<String, SpecificRecord> producer;
    private final Fleet fleet;
    private final Load load;

    public SteadySender(Producer<String, SpecificRecord> producer, Fleet fleet, Load load) {
        this.producer = producer;
        this.fleet = fleet;
        this.load = load;
    }

    /**
     * Returns when Kafka has all of them.
     *
     * @param start the first result's time; the others' follow from the load, whatever delays their sending
     * @return how many were sent a second after the warm-up
     * @throws java.util.concurrent.CompletionException when Kafka did not take one
     */
    public double send(String topic, Instant start, Transitions transitions) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        long startNanos = System.nanoTime();
        for (long result = 0; result < load.results(); result++) {
            awaitNanoTime(startNanos + load.due(result).toNanos());
            Instant timestamp = start.plus(load.due(result));
            ProducerRecord<String, SpecificRecord> message = message(topic, result, timestamp);
            if (fleet.decides(result)) {
                boolean measured = result >= load.warmUpResults();
                transitions.departed(fleet.eventId(result, timestamp), System.nanoTime(), measured);
            }
            var unused = producer.send(message, (place, refusal) -> {
                if (refusal != null) {
                    failure.completeExceptionally(refusal);
                }
            });
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos).minus(load.warmUp());
        producer.flush();
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
        return (load.results() - load.warmUpResults()) * (double) TimeUnit.SECONDS.toNanos(1) / took.toNanos();
    }

    /** The mark of a record that has one. */
    public static String mark(ConsumerRecord<?, ?> marked) {
        return new String(marked.headers().lastHeader(MARK).value(), StandardCharsets.UTF_8);
    }

    private ProducerRecord<String, SpecificRecord> message(String topic, long result, Instant timestamp) {
        List<Header> headers = fleet.decides(result)
                ? List.of(
                        new RecordHeader(MARK, fleet.eventId(result, timestamp).getBytes(StandardCharsets.UTF_8)))
                : List.of();
        String key = fleet.pathOf(result).toString();
        return new ProducerRecord<>(topic, null, key, fleet.result(result, timestamp), headers);
    }

    private static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
