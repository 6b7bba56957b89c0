package io.tidewatch.poller.results;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.ProducerLife;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes results on the topic {@code check-results}, in the order in which each check's came. While Kafka is away they
 * wait here, bounded in bytes and age; beyond that they are dropped and counted: an old result is worth less than a poller
 * that keeps running. Thread-safe.
 *
 * <p>A thread of its own hands results to the producer, because that may block: a client that has lost all brokers forgets
 * what it knew of the topic.
 */
public final class KafkaResults implements Results, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaResults.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final int REQUEST_TIMEOUT_MS = 10_000;

    private record Waiting(ProducerRecord<String, byte[]> record, long sinceNanos) {}

    private final SchemaRegistry registry;
    private final Serializer<CheckResult> serializer;
    private final String topic;
    private final String subject;
    private final Producer<String, byte[]> producer;
    private final KafkaClientMetrics producerMetrics;
    private final long maxWaitingBytes;
    private final Duration kept;
    private final ProducerLife life;
    private final Counter published;
    private final Counter dropped;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::publish, "results");
    private volatile Optional<String> outage = Optional.empty();
    private volatile Optional<String> brokeBecause = Optional.empty();
    private volatile boolean closing;

    /**
     * Sets up a producer of its own, without waiting for Kafka.
     *
     * @param maxWaitingBytes how many bytes of results may wait for Kafka
     * @param kept how long a result may wait for Kafka
     */
    public static KafkaResults to(
            KafkaSettings kafka, SchemaRegistry registry, MeterRegistry metrics, long maxWaitingBytes, Duration kept) {
        Producer<String, byte[]> producer = new KafkaProducer<>(
                properties(kafka, maxWaitingBytes, kept), new StringSerializer(), new ByteArraySerializer());
        return new KafkaResults(producer, kafka.topics(), registry, metrics, maxWaitingBytes, kept);
    }

    KafkaResults(
            Producer<String, byte[]> producer,
            TopicNames topics,
            SchemaRegistry registry,
            MeterRegistry metrics,
            long maxWaitingBytes,
            Duration kept) {
        this.producer = producer;
        this.registry = registry;
        this.serializer = new AvroSerde<>(registry, CheckResult.class).serializer();
        this.topic = topics.of(Topic.CHECK_RESULTS);
        this.subject = topics.valueSubject(Topic.CHECK_RESULTS);
        this.maxWaitingBytes = maxWaitingBytes;
        this.kept = kept;
        // To find its topic, and then to deliver: each may take as long as a result is kept.
        this.life = new ProducerLife(kept.multipliedBy(2).plus(Duration.ofMinutes(1)));
        this.producerMetrics = new KafkaClientMetrics(producer);
        producerMetrics.bindTo(metrics);
        this.published = Counter.builder("tidewatch.poller.results.published")
                .description("Results that Kafka has acknowledged")
                .register(metrics);
        this.dropped = Counter.builder("tidewatch.poller.results.dropped")
                .description("Results that were given up, for lack of room or time")
                .register(metrics);
        Gauge.builder("tidewatch.poller.results.waiting", waitingBytes, AtomicLong::doubleValue)
                .description("Results that Kafka has not acknowledged yet")
                .baseUnit("bytes")
                .register(metrics);
    }

    /**
     * Registers the schema, so that {@link #accept} never has to wait for the registry, and starts publishing. Call once.
     *
     * @throws io.tidewatch.serde.RegistryException when the registry is away or refuses the schema
     */
    public void start() {
        registry.register(subject, CheckResult.SCHEMA$);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(CheckResult result) {
        CheckPath path = CheckPath.of(result);
        byte[] bytes;
        try {
            bytes = serialize(result);
        } catch (SerializationException e) {
            drop(e);
            return;
        }
        if (waitingBytes.addAndGet(bytes.length) > maxWaitingBytes) {
            waitingBytes.addAndGet(-bytes.length);
            drop(new TimeoutException("the results that wait for Kafka take all the room they may have"));
            return;
        }
        waiting.add(new Waiting(new ProducerRecord<>(topic, path.toString(), bytes), System.nanoTime()));
    }

    /** Why results are being dropped; empty while they are not. */
    public Optional<String> outage() {
        return outage;
    }

    /** Why no result will ever be published again; empty while that is possible. */
    public Optional<String> deadBecause() {
        return brokeBecause.or(life::endedBecause);
    }

    /** Publishes what is waiting, for a moment, and gives up the rest. Nothing may be accepted any more. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        producer.close(CLOSE_TIMEOUT);
        producerMetrics.close();
    }

    /** The serializer is for one thread at a time; it takes microseconds. */
    private synchronized byte[] serialize(CheckResult result) {
        return serializer.serialize(topic, result);
    }

    private void publish() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Waiting next = waiting.poll(POLL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.warn("Results were given up at the end count={}", waiting.size() + 1);
        } catch (RuntimeException | Error e) {
            LOG.error("Publishing results broke; none is published any more", e);
            brokeBecause = Optional.of("publishing results broke: " + e);
        }
    }

    private void send(Waiting result) {
        int bytes = result.record().value().length;
        if (System.nanoTime() - result.sinceNanos() > kept.toNanos()) {
            settle(bytes, new TimeoutException("a result has waited for longer than " + kept));
            return;
        }
        ProducerLife.Sent sent = life.send();
        try {
            var unused = producer.send(result.record(), (metadata, failure) -> answered(sent, bytes, failure));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            answered(sent, bytes, e);
        }
    }

    private void answered(ProducerLife.Sent sent, int bytes, @Nullable Exception failure) {
        life.answer(sent, failure);
        settle(bytes, failure);
    }

    private void settle(int bytes, @Nullable Exception failure) {
        waitingBytes.addAndGet(-bytes);
        if (failure != null) {
            drop(failure);
            return;
        }
        published.increment();
        if (outage.isPresent()) {
            outage = Optional.empty();
            LOG.info("Results are published again droppedSoFar={}", (long) dropped.count());
        }
    }

    private void drop(Exception failure) {
        dropped.increment();
        if (outage.isEmpty()) {
            LOG.warn("Results are being dropped until Kafka takes them again reason={}", failure.toString());
        }
        outage = Optional.of("results are being dropped: " + failure.getMessage());
    }

    private static Map<String, Object> properties(KafkaSettings kafka, long maxWaitingBytes, Duration kept) {
        int keptMs = Math.toIntExact(kept.toMillis());
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "tidewatch-poller");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        // The producer's own room is never the narrow one: what waits is counted here, until it is acknowledged.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * maxWaitingBytes);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, keptMs);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, keptMs);
        return properties;
    }
}
