package io.tidewatch.standalone.drills;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads alert events as they are committed, on a thread of its own, and knows when which one could be read. An event's
 * record carries the time of the result that caused it, which tells how long the way was.
 */
final class Arrivals implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, AlertEvent> consumer;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final CompletableFuture<Void> end;

    /**
     * @param inputPartition of the check's results
     * @param causedAtMs when the result was sent
     */
    private record Arrival(int inputPartition, long causedAtMs, long arrivedAtMs) {}

    Arrivals(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                new AvroSerde<>(kafka.registry(), AlertEvent.class).deserializer());
        String topic = kafka.topics().of(Topic.ALERT_EVENTS);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        end = CompletableFuture.runAsync(this::read, task -> new Thread(task, "arrivals").start());
    }

    /** How long it took after a moment until a result that was sent after it had its transition readable. */
    synchronized OptionalLong firstAfter(long momentMs) {
        return arrivals.stream()
                .filter(arrival -> arrival.causedAtMs() > momentMs)
                .mapToLong(arrival -> arrival.arrivedAtMs() - momentMs)
                .min();
    }

    /** The same, until each of the given partitions of results had such a transition; empty when one never had. */
    synchronized OptionalLong allAfter(long momentMs, List<Integer> partitions) {
        long latest = 0;
        for (int partition : partitions) {
            OptionalLong first = arrivals.stream()
                    .filter(arrival -> arrival.inputPartition() == partition && arrival.causedAtMs() > momentMs)
                    .mapToLong(arrival -> arrival.arrivedAtMs() - momentMs)
                    .min();
            if (first.isEmpty()) {
                return first;
            }
            latest = Math.max(latest, first.getAsLong());
        }
        return OptionalLong.of(latest);
    }

    /** How long each transition took whose result was sent after a moment, in milliseconds, shortest first. */
    synchronized List<Long> latenciesMs(long momentMs) {
        return arrivals.stream()
                .filter(arrival -> arrival.causedAtMs() > momentMs)
                .map(arrival -> arrival.arrivedAtMs() - arrival.causedAtMs())
                .sorted()
                .toList();
    }

    /** The longest that a transition took whose result was sent between two moments, in milliseconds; 0 without any. */
    synchronized long slowestMs(long fromMs, long toMs) {
        return arrivals.stream()
                .filter(arrival -> arrival.causedAtMs() >= fromMs && arrival.causedAtMs() < toMs)
                .mapToLong(arrival -> arrival.arrivedAtMs() - arrival.causedAtMs())
                .max()
                .orElse(0);
    }

    synchronized int count() {
        return arrivals.size();
    }

    @Override
    public void close() {
        consumer.wakeup();
        end.join();
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (ConsumerRecord<String, AlertEvent> message : consumer.poll(POLL)) {
                    add(message, System.currentTimeMillis());
                }
            }
        } catch (WakeupException closed) {
            // The only way out of the loop, and an orderly one.
        }
    }

    private synchronized void add(ConsumerRecord<String, AlertEvent> message, long nowMs) {
        AlertEvent event = message.value();
        CheckPath path = new CheckPath(event.getTenantId(), event.getEntityId(), event.getCheckId());
        arrivals.add(new Arrival(path.partition(Topic.DEFAULT_PARTITIONS), message.timestamp(), nowMs));
    }
}
