package io.tidewatch.benchmarks.load;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends a fleet's results at a steady pace, on a thread of its own, until it is closed. */
public final class OngoingLoad implements AutoCloseable {
    private final Producer<String, SpecificRecord> producer;
    private final String topic;
    private final Fleet fleet;
    private final Pace pace;
    private final Transitions transitions;
    private final Clock clock;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    private volatile boolean closing;

    /** @param transitions where it tells which events will come */
    public OngoingLoad(
            Producer<String, SpecificRecord> producer,
            String topic,
            Fleet fleet,
            int resultsPerSecond,
            Transitions transitions,
            Clock clock) {
        this.producer = producer;
        this.topic = topic;
        this.fleet = fleet;
        this.pace = new Pace(resultsPerSecond);
        this.transitions = transitions;
        this.clock = clock;
    }

    public void start() {
        end = CompletableFuture.runAsync(this::send, task -> new Thread(task, "ongoing-load").start());
    }

    /**
     * Returns when Kafka has all that was sent.
     *
     * @throws java.util.concurrent.CompletionException when Kafka did not take one
     */
    @Override
    public void close() {
        closing = true;
        end.join();
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
    }

    private void send() {
        Instant start = clock.instant();
        long startNanos = System.nanoTime();
        for (long result = 0; !closing; result++) {
            pace.awaitDue(result, startNanos);
            // When it was due, so that results are the same on a machine that falls behind.
            Instant timestamp = start.plus(pace.due(result));
            if (fleet.decides(result)) {
                transitions.departed(fleet.eventId(result, timestamp), System.nanoTime(), false);
            }
            var unused = producer.send(
                    new ProducerRecord<>(topic, fleet.pathOf(result).toString(), fleet.result(result, timestamp)),
                    (place, refusal) -> {
                        if (refusal != null) {
                            failure.completeExceptionally(refusal);
                        }
                    });
        }
        producer.flush();
    }
}
