package io.tidewatch.gateway.records;

import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.Partitions;
import io.tidewatch.topics.ProducerLife;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The record log in Kafka: an idempotent producer that waits for all in-sync replicas. */
public final class KafkaRecordLog implements RecordLog, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    /** Above the API's largest body, which may grow a little as Avro; the broker's own limit decides below that. */
    private static final int MAX_REQUEST_BYTES = 2 << 20;

    /** The producer blocks for half a timeout, gives up after one, and may be late by as much again. */
    private static final int TIMEOUTS_WITHOUT_ANSWER = 3;

    private final Producer<String, byte[]> producer;
    private final AvroSerializer<SpecificRecord> serializer;
    private final TopicNames topics;
    private final Duration timeout;
    private final ProducerLife life;

    /**
     * @param timeout how long {@link #append} waits; the producer should give up about then, too
     */
    public KafkaRecordLog(
            Producer<String, byte[]> producer, SchemaRegistry registry, TopicNames topics, Duration timeout) {
        this.producer = producer;
        this.serializer = new AvroSerializer<>(registry);
        this.topics = topics;
        this.timeout = timeout;
        this.life = new ProducerLife(timeout.multipliedBy(TIMEOUTS_WITHOUT_ANSWER));
    }

    /**
     * A producer that gives a record up after {@code timeout}, in time for the sender of the request to hear of it.
     *
     * @param client where Kafka is
     */
    public static Producer<String, byte[]> producer(Map<String, Object> client, String clientId, Duration timeout) {
        int timeoutMs = Math.toIntExact(timeout.toMillis());
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs / 2);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public Map<TopicPartition, Long> append(List<LogEntry> entries) {
        List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
        for (LogEntry entry : entries) {
            CompletableFuture<RecordMetadata> acknowledgement = send(entry);
            sent.add(acknowledgement);
            if (acknowledgement.isCompletedExceptionally()) {
                break;
            }
        }
        awaitAll(sent);
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (CompletableFuture<RecordMetadata> acknowledgement : sent) {
            RecordMetadata metadata = acknowledgement.join();
            nextOffsets.merge(
                    new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset() + 1, Math::max);
        }
        return nextOffsets;
    }

    /** Why nothing will ever be written again; empty while the producer lives. */
    public Optional<String> deadBecause() {
        return life.endedBecause();
    }

    /** Gives what was sent a moment to arrive. */
    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    /** A record that can't even be handed over is one that was not acknowledged. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same.
    private CompletableFuture<RecordMetadata> send(LogEntry entry) {
        CompletableFuture<RecordMetadata> acknowledgement = new CompletableFuture<>();
        ProducerLife.Sent sent = life.send();
        try {
            producer.send(record(entry), (metadata, failure) -> {
                life.answer(sent, failure);
                if (failure == null) {
                    acknowledgement.complete(metadata);
                } else {
                    acknowledgement.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            life.answer(sent, e);
            acknowledgement.completeExceptionally(e);
        } catch (RuntimeException e) {
            life.answer(sent, e);
            throw e;
        }
        return acknowledgement;
    }

    private ProducerRecord<String, byte[]> record(LogEntry entry) {
        String topic = topics.of(entry.topic());
        return new ProducerRecord<>(topic, partition(topic, entry), entry.key(), serialize(topic, entry));
    }

    private @Nullable Integer partition(String topic, LogEntry entry) {
        return entry.partitionedBy()
                .map(text -> Partitions.of(text, producer.partitionsFor(topic).size()))
                .orElse(null);
    }

    /** The serializer is for one thread at a time; the producer isn't, and may block, so that it stays outside. */
    private byte @Nullable [] serialize(String topic, LogEntry entry) {
        synchronized (serializer) {
            return serializer.serialize(topic, entry.value().orElse(null));
        }
    }

    private void awaitAll(List<CompletableFuture<RecordMetadata>> sent) {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw translated(e);
        } catch (TimeoutException e) {
            throw new LogUnavailableException("Kafka did not acknowledge in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("Interrupted while waiting for Kafka", e);
        }
    }

    /** A schema that the registry refuses, or a record that does not fit its schema, is a fault of this program. */
    private static RuntimeException translated(ExecutionException e) {
        Throwable cause = e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause();
        if (cause instanceof RecordTooLargeException tooLarge) {
            return tooLarge;
        }
        if (cause instanceof SerializationException badRecord && !(cause instanceof RegistryUnavailableException)) {
            return badRecord;
        }
        return new LogUnavailableException("Kafka did not acknowledge: " + cause, cause);
    }
}
