package io.tidewatch.standalone.drills;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends a story's results in their order, at a steady pace, on a thread of its own, from its making until its end or that of
 * the story.
 */
final class SteadyLoad implements AutoCloseable {
    private final Producer<String, CheckResult> producer;
    private final String topic;
    private final Story story;
    private final long pauseNanos;
    private final long results;
    private final CompletableFuture<Void> refused = new CompletableFuture<>();
    private final CompletableFuture<Long> sent;
    private volatile boolean ended;

    /** Without an end of its own. */
    SteadyLoad(KafkaSettings kafka, Story story, int resultsPerSecond) {
        this(kafka, story, resultsPerSecond, Long.MAX_VALUE);
    }

    /** @param results how many at most */
    SteadyLoad(KafkaSettings kafka, Story story, int resultsPerSecond, long results) {
        this.producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()));
        this.topic = kafka.topics().of(Topic.CHECK_RESULTS);
        this.story = story;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / resultsPerSecond;
        this.results = results;
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
        return awaitAll();
    }

    /** As {@link #end}, but only when the whole story has been sent. */
    long awaitAll() {
        long count = sent.join();
        producer.flush();
        if (refused.isDone()) {
            refused.join();
        }
        return count;
    }

    @Override
    public void close() {
        ended = true;
        producer.close();
    }

    private long send() {
        long begin = System.nanoTime();
        long index = 0;
        while (!ended && index < results) {
            Pause.until(begin + index * pauseNanos);
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
}
