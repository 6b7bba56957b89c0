package io.tidewatch.system.drills;

import io.tidewatch.settings.KafkaSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Sends a story's results in their order, at a steady pace, on a thread of its own, from its making until its end or that of
 * the story.
 */
final class SteadyLoad implements AutoCloseable {
    private final Way way;
    private final DrillStory story;
    private final long pauseNanos;
    private final long results;
    private final CompletableFuture<Long> sent;
    private volatile boolean ended;

    /** Straight to Kafka, without an end of its own. */
    SteadyLoad(KafkaSettings kafka, DrillStory story, int resultsPerSecond) {
        this(new StraightToKafka(kafka), story, resultsPerSecond, Long.MAX_VALUE);
    }

    /**
     * @param way is closed with this
     * @param results how many at most
     */
    SteadyLoad(Way way, DrillStory story, int resultsPerSecond, long results) {
        this.way = way;
        this.story = story;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / resultsPerSecond;
        this.results = results;
        this.sent = CompletableFuture.supplyAsync(this::send, task -> new Thread(task, "steady-load").start());
    }

    /**
     * Ends the load, and returns when Kafka has all of it.
     *
     * @return how many results were sent
     * @throws java.util.concurrent.CompletionException when one was refused
     */
    long end() {
        ended = true;
        return awaitAll();
    }

    /** As {@link #end}, but only when the whole story has been sent. */
    long awaitAll() {
        long count = sent.join();
        way.awaitAcknowledged();
        return count;
    }

    @Override
    public void close() {
        ended = true;
        way.close();
    }

    private long send() {
        long begin = System.nanoTime();
        long index = 0;
        while (!ended && index < results) {
            Pause.until(begin + index * pauseNanos);
            way.send(story.result(index));
            index++;
        }
        return index;
    }
}
