package io.tidewatch.gateway.configuration;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the view up to date: reads the configuration topics from their beginning, all partitions, in no group, on a thread
 * of its own. A record that can't be read is passed over, counted and logged; a registry that is away is waited for.
 */
public final class ConfigurationFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFollower.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ASK_PATIENCE = Duration.ofSeconds(3);
    private static final Duration REGISTRY_BACKOFF = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;
    private final ConfigurationView view;
    private final Counter skippedRecords;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<Topic, Deserializer<? extends SpecificRecord>> deserializers = new EnumMap<>(Topic.class);
    private final Thread thread = new Thread(this::run, "configuration-follower");
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    private volatile Optional<String> behindBecause = Optional.of("The configuration has not been read yet");
    private volatile Optional<String> deadBecause = Optional.empty();
    private volatile long lag;

    public ConfigurationFollower(
            Consumer<String, byte[]> consumer,
            SchemaRegistry registry,
            TopicNames names,
            ConfigurationView view,
            MeterRegistry meters) {
        this.consumer = consumer;
        this.view = view;
        this.skippedRecords = Counter.builder("tidewatch.gateway.view.records.skipped")
                .description("Configuration records that could not be read and were passed over.")
                .register(meters);
        ConfigurationView.TOPICS.forEach(topic -> topics.put(names.of(topic), topic));
        deserializers.put(Topic.ENTITIES, new AvroSerde<>(registry, Entity.class).deserializer());
        deserializers.put(Topic.CHECKS, new AvroSerde<>(registry, Check.class).deserializer());
        deserializers.put(Topic.ALARMS, new AvroSerde<>(registry, Alarm.class).deserializer());
        Gauge.builder("tidewatch.gateway.view.lag", () -> lag)
                .description("Configuration records that the view has yet to apply.")
                .baseUnit("records")
                .register(meters);
    }

    /**
     * A consumer without a group.
     *
     * @param client where Kafka is
     */
    public static Consumer<String, byte[]> consumer(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "ingest-gateway");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(ASK_PATIENCE.toMillis()));
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(ASK_PATIENCE.toMillis()));
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether the view has once been as new as the topics were when it was made. It may fall behind again. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * @return whether that came to pass in time
     */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why the view may not be up to date; empty while it follows. */
    public Optional<String> behindBecause() {
        return behindBecause;
    }

    /** Why following has ended for good; empty while it has not. */
    public Optional<String> deadBecause() {
        return deadBecause;
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
            return;
        }
        consumer.wakeup();
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                follow();
            }
        } catch (WakeupException e) {
            LOG.debug("The configuration is not followed any more");
        } catch (RuntimeException | Error e) {
            deadBecause = Optional.of("Following the configuration failed: " + e);
            LOG.error("Following the configuration failed: restart the gateway", e);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
        }
    }

    private void begin() {
        List<TopicPartition> partitions = topics.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Quiet is the moment to ask how far the topics go: it tells whether Kafka is still there, and costs nobody. */
    private void follow() {
        try {
            if (consumer.assignment().isEmpty()) {
                begin();
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<String, byte[]> record : records) {
                apply(record);
                view.advance(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            if (records.isEmpty() || !isCaughtUp()) {
                measureLag();
            }
        } catch (RetriableException e) {
            behindBecause = Optional.of("Kafka does not answer: " + e.getMessage());
        }
    }

    private void measureLag() {
        Collection<TopicPartition> partitions = consumer.assignment();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK_PATIENCE);
        long behind = 0;
        for (TopicPartition partition : partitions) {
            long position = consumer.position(partition, ASK_PATIENCE);
            behind += Math.max(0, ends.getOrDefault(partition, 0L) - position);
        }
        lag = behind;
        if (behind == 0) {
            caughtUp.countDown();
        }
        behindBecause = isCaughtUp()
                ? Optional.empty()
                : Optional.of(behind + " records of configuration are still to be read");
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        try {
            read(record).ifPresent(view::apply);
        } catch (SerializationException e) {
            skippedRecords.increment();
            LOG.error(
                    "A configuration record can't be read and is passed over topic={} partition={} offset={} reason={}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    /** Empty only when the gateway closes before the registry is back. */
    private Optional<LogEntry> read(ConsumerRecord<String, byte[]> record) {
        while (!isClosing()) {
            try {
                return Optional.of(decode(record));
            } catch (RegistryUnavailableException e) {
                behindBecause = Optional.of("The schema registry does not answer: " + e.getMessage());
                pause();
            }
        }
        return Optional.empty();
    }

    private LogEntry decode(ConsumerRecord<String, byte[]> record) {
        Topic topic = Objects.requireNonNull(topics.get(record.topic()));
        if (record.key() == null) {
            throw new SerializationException("The record has no key");
        }
        if (record.value() == null) {
            return new LogEntry(topic, record.key(), Optional.empty(), Optional.empty());
        }
        SpecificRecord value =
                Objects.requireNonNull(deserializers.get(topic)).deserialize(record.topic(), record.value());
        LogEntry entry = entry(value);
        if (!entry.key().equals(record.key())) {
            throw new SerializationException("The record's key is not that of its value, " + entry.key());
        }
        return entry;
    }

    private static LogEntry entry(SpecificRecord value) {
        try {
            if (value instanceof Entity entity) {
                return LogEntry.put(entity);
            } else if (value instanceof Check check) {
                return LogEntry.put(check);
            } else if (value instanceof Alarm alarm) {
                return LogEntry.put(alarm);
            }
        } catch (IllegalArgumentException e) {
            throw new SerializationException("The record is of no place there can be: " + e.getMessage(), e);
        }
        throw new SerializationException(
                "Not configuration: " + value.getSchema().getName());
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(REGISTRY_BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new KafkaException("Interrupted while the schema registry is away", e);
        }
    }
}
