package io.tidewatch.poller.assignment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics {@code checks} and {@code entities} from their beginning, on a thread of its own, and keeps a zone's
 * checks as they say. A record that can't be understood is skipped, counted and logged: what it was to replace stays in
 * force. Partitions that are added to a topic later are not seen before a restart.
 */
public final class ConfigFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ConfigFollower.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final String checksTopic;
    private final String entitiesTopic;
    private final Deserializer<Check> checks;
    private final Deserializer<Entity> entities;
    private final ZoneChecks zone;
    private final Counter badRecords;
    private final AtomicLong generation;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "config");
    private volatile Optional<String> deadBecause = Optional.empty();

    /**
     * @param consumer closed by this follower; in no group, and reading committed records only
     */
    public ConfigFollower(
            Consumer<String, byte[]> consumer,
            TopicNames topics,
            SchemaRegistry registry,
            ZoneChecks zone,
            MeterRegistry metrics) {
        this.consumer = consumer;
        this.checksTopic = topics.of(Topic.CHECKS);
        this.entitiesTopic = topics.of(Topic.ENTITIES);
        this.checks = new AvroSerde<>(registry, Check.class).deserializer();
        this.entities = new AvroSerde<>(registry, Entity.class).deserializer();
        this.zone = zone;
        this.badRecords = Counter.builder("tidewatch.poller.config.bad")
                .description("Configuration records that were skipped because they can't be understood")
                .register(metrics);
        this.generation = new AtomicLong();
        Gauge.builder("tidewatch.poller.config.generation", generation, AtomicLong::doubleValue)
                .description("Configuration records that have taken effect since the start")
                .register(metrics);
    }

    /** Begins to follow. Once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all that was on the topics at the start has taken effect. */
    public boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits for {@link #caughtUp}, or for the timeout; answers whether it is so. */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why no change will ever be seen again; empty while all is well. */
    public Optional<String> deadBecause() {
        return deadBecause;
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            consumer.close(); // for a follower that never started; the thread has done it otherwise
        }
    }

    private void follow() {
        try (consumer) {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!isClosing()) {
                if (!caughtUp() && ends.entrySet().stream().allMatch(this::isReached)) {
                    zone.goLive();
                    caughtUp.countDown();
                }
                consumer.poll(POLL_TIMEOUT).forEach(this::take);
            }
        } catch (WakeupException e) {
            log.debug("Following the configuration ends");
        } catch (RuntimeException | Error e) {
            log.error("Following the configuration broke; changes are not seen any more", e);
            deadBecause = Optional.of("following the configuration broke: " + e);
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(checksTopic, entitiesTopic)) {
            consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private boolean isReached(Map.Entry<TopicPartition, Long> end) {
        return consumer.position(end.getKey()) >= end.getValue();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        while (!isClosing()) {
            try {
                apply(record);
                generation.incrementAndGet();
                return;
            } catch (RegistryUnavailableException e) {
                log.warn("The configuration waits for the schema registry reason={}", e.getMessage());
                pause();
            } catch (SerializationException | IllegalArgumentException e) {
                badRecords.increment();
                log.warn(
                        "A configuration record was skipped topic={} partition={} offset={} reason={}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        e.getMessage());
                return;
            }
        }
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(checksTopic)) {
            CheckPath path = checkPath(record.key());
            Check check = checks.deserialize(record.topic(), record.value());
            if (check == null) {
                zone.remove(path);
            } else {
                require(path.equals(CheckPath.of(check)));
                zone.put(path, check);
            }
        } else {
            Entity entity = entities.deserialize(record.topic(), record.value());
            if (entity == null) {
                zone.removeEntity(String.valueOf(record.key()));
            } else {
                require((entity.getTenantId() + "/" + entity.getEntityId()).equals(record.key()));
                zone.putEntity(record.key(), entity);
            }
        }
    }

    private static CheckPath checkPath(@Nullable String key) {
        String[] segments = String.valueOf(key).split("/", -1);
        if (segments.length != 3) {
            throw new IllegalArgumentException("the key is not tenant/entity/check");
        }
        return new CheckPath(segments[0], segments[1], segments[2]);
    }

    private static void require(boolean keyFitsValue) {
        if (!keyFitsValue) {
            throw new IllegalArgumentException("the key is not the path of the value");
        }
    }

    private void pause() {
        try {
            boolean unused = closing.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
