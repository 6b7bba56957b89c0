package io.tidewatch.standalone.kills;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends a story's results in their order, at a steady pace, on a thread of its own, from its making until its end. */
final class SteadyLoad implements AutoCloseable {
    private final Producer<String, CheckResult> producer;
    private final String topic;
    private final Story story;
    private final long pauseNanos;
    private final CompletableFuture<Void> refused = new CompletableFuture<>();
    private final CompletableFuture<Long> sent;
    private volatile boolean ended;

    SteadyLoad(KafkaSettings kafka, Story story, int resultsPerSecond) {
        this.producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()));
        this.topic = kafka.topics().of(Topic.CHECK_RESULTS);
        this.story = story;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / resultsPerSecond;
        this.sent = CompletableFuture.supplyAsync(this::send, task -> new Thread(task, "steady-load").start());
    }

    /**
     * Ends the load, and returns when Kafka has all of it.
     *
     * @return how many results were sent
     * @throws java.util.concurrent.CompletionException when Kafka did not take one
     */
    long end() {
        ended = true;
        long results = sent.join();
        producer.flush();
        if (refused.isDone()) {
            refused.join();
        }
        return results;
    }

    @Override
    public void close() {
        ended = true;
        producer.close();
    }

    private long send() {
        long begin = System.nanoTime();
        long index = 0;
        while (!ended) {
            awaitNanoTime(begin + index * pauseNanos);
            var unused = producer.send(
                    new ProducerRecord<>(topic, story.pathOf(index).toString(), story.result(index)),
                    (place, failure) -> {
                        if (failure != null) {
                            refused.completeExceptionally(failure);
                        }
                    });
            index++;
        }
        return index;
    }

    private static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
