package io.tidewatch.benchmarks.application;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from now on as any careful consumer would, on a thread of its own, and tells what has arrived. */
public final class CommittedReader<V> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, V> consumer;
    private final ObjLongConsumer<ConsumerRecord<String, V>> arrivals;
    private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);

    /**
     * Everything that is committed to the topic after this returns is seen.
     *
     * @param arrivals told of each record on the reader's thread, with the {@link System#nanoTime} of its arrival
     */
    public CommittedReader(
            Map<String, Object> client,
            String topic,
            Deserializer<V> values,
            ObjLongConsumer<ConsumerRecord<String, V>> arrivals) {
        this.arrivals = arrivals;
        this.consumer = new KafkaConsumer<>(readCommitted(client), new StringDeserializer(), values);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    public void start() {
        end = CompletableFuture.runAsync(this::read, task -> new Thread(task, "committed-reader").start());
    }

    /** @throws java.util.concurrent.CompletionException when reading has failed on the way */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            end.join();
        } finally {
            consumer.close();
        }
    }

    private void read() {
        try {
            while (true) {
                ConsumerRecords<String, V> records = consumer.poll(POLL);
                long now = System.nanoTime();
                records.forEach(record -> arrivals.accept(record, now));
            }
        } catch (WakeupException closed) {
            // The only way out of the loop, and an orderly one.
        }
    }

    private static Map<String, Object> readCommitted(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return properties;
    }
}
