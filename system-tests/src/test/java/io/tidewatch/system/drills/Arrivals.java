package io.tidewatch.system.drills;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    /** So that a broker that vanished does not hold up the one who measures. */
    private static final int ANSWER_WITHIN_MS = 5_000;

    private static final Duration POLL = Duration.ofMillis(100);

    private static final List<Integer> PARTITIONS =
            IntStream.range(0, Topic.DEFAULT_PARTITIONS).boxed().toList();

    private final Consumer<String, AlertEvent> consumer;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final CompletableFuture<Void> end;

    /**
     * @param inputPartition of the check's results
     * @param causedAtMs when the result was sent
     */
    private record Arrival(String alarmId, State state, int inputPartition, long causedAtMs, long arrivedAtMs) {
        long tookMs() {
            return arrivedAtMs - causedAtMs;
        }
    }

    Arrivals(KafkaSettings kafka) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
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

    /** The same, until each partition of results had such a transition; empty when one never had. */
    synchronized OptionalLong allAfter(long momentMs) {
        long latest = 0;
        for (int partition : PARTITIONS) {
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

    /** Whether all partitions had transitions whose results were sent after a moment, and none took longer than that. */
    synchronized boolean allWithin(long momentMs, long limitMs) {
        List<Arrival> since = arrivals.stream()
                .filter(arrival -> arrival.causedAtMs() > momentMs)
                .toList();
        return since.stream()
                        .map(Arrival::inputPartition)
                        .collect(Collectors.toSet())
                        .containsAll(PARTITIONS)
                && since.stream().allMatch(arrival -> arrival.tookMs() <= limitMs);
    }

    /** How long each transition took whose result was sent after a moment, in milliseconds, shortest first. */
    synchronized List<Long> latenciesMs(long momentMs) {
        return arrivals.stream()
                .filter(arrival -> arrival.causedAtMs() > momentMs)
                .map(Arrival::tookMs)
                .sorted()
                .toList();
    }

    /** The longest that a transition took whose result was sent between two moments, in milliseconds; 0 without any. */
    synchronized long slowestMs(long fromMs, long toMs) {
        return arrivals.stream()
                .filter(arrival -> arrival.causedAtMs() >= fromMs && arrival.causedAtMs() < toMs)
                .mapToLong(Arrival::tookMs)
                .max()
                .orElse(0);
    }

    /** Second by second of when results were sent: how many of them had a transition, and how long the slowest took. */
    synchronized String bySecond() {
        Map<Long, LongSummaryStatistics> seconds = arrivals.stream()
                .collect(Collectors.groupingBy(
                        arrival -> arrival.causedAtMs() / 1000,
                        TreeMap::new,
                        Collectors.summarizingLong(Arrival::tookMs)));
        return seconds.entrySet().stream()
                .map(second -> Instant.ofEpochSecond(second.getKey()) + " "
                        + second.getValue().getCount() + " " + second.getValue().getMax() + " ms\n")
                .collect(Collectors.joining());
    }

    /** How long it took after a moment until an alarm's first transition to a state that a later result caused. */
    synchronized OptionalLong firstOf(String alarmId, State state, long momentMs) {
        return arrivals.stream()
                .filter(arrival -> arrival.alarmId().equals(alarmId)
                        && arrival.state() == state
                        && arrival.causedAtMs() >= momentMs)
                .mapToLong(arrival -> arrival.arrivedAtMs() - momentMs)
                .min();
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
        arrivals.add(new Arrival(
                event.getAlarmId(),
                event.getState(),
                path.partition(Topic.DEFAULT_PARTITIONS),
                message.timestamp(),
                nowMs));
    }
}
