package io.tidewatch.benchmarks.latency;

import io.tidewatch.benchmarks.load.EventMark;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.load.Pace;
import io.tidewatch.benchmarks.load.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Sends a fleet's results at a steady pace. One thread. */
final class SteadySender {
    private final Producer<String, SpecificRecord> producer;
    private final Fleet fleet;
    private final LatencyScale scale;

    SteadySender(Producer<String, SpecificRecord> producer, Fleet fleet, LatencyScale scale) {
        this.producer = producer;
        this.fleet = fleet;
        this.scale = scale;
    }

    /**
     * Returns when Kafka has all of them.
     *
     * @param start the first result's time; the others' follow from the pace, whatever delays their sending
     * @return how many were sent a second after the warm-up
     * @throws java.util.concurrent.CompletionException when Kafka did not take one
     */
    double send(String topic, Instant start, Transitions transitions) {
        CompletableFuture<Void> failure = new CompletableFuture<>();
        Pace pace = scale.pace();
        long startNanos = System.nanoTime();
        for (long result = 0; result < scale.results(); result++) {
            pace.awaitDue(result, startNanos);
            Instant timestamp = start.plus(pace.due(result));
            ProducerRecord<String, SpecificRecord> message = message(topic, result, timestamp);
            if (fleet.decides(result)) {
                boolean measured = result >= scale.warmUpResults();
                transitions.departed(fleet.eventId(result, timestamp), System.nanoTime(), measured);
            }
            var unused = producer.send(message, (place, refusal) -> {
                if (refusal != null) {
                    failure.completeExceptionally(refusal);
                }
            });
        }
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos).minus(scale.warmUp());
        producer.flush();
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
        return (scale.results() - scale.warmUpResults()) * (double) TimeUnit.SECONDS.toNanos(1) / took.toNanos();
    }

    private ProducerRecord<String, SpecificRecord> message(String topic, long result, Instant timestamp) {
        List<Header> headers =
                fleet.decides(result) ? List.of(EventMark.of(fleet.eventId(result, timestamp))) : List.of();
        String key = fleet.pathOf(result).toString();
        return new ProducerRecord<>(topic, null, key, fleet.result(result, timestamp), headers);
    }
}
