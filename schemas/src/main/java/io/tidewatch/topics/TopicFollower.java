package io.tidewatch.topics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.serde.AvroDeserializer;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
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
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics, all partitions, in no consumer group, on a thread of its own, and hands each record to a {@link Reader}:
 * compacted topics from their beginning, or others from now on. Partitions that are added later are read, too, as a whole.
 *
 * <p>A broker or a registry that is away is waited for, however long, and said in {@link #behindBecause}. A record that
 * can't be read is skipped, counted and logged: what it was to replace stays in force. Anything else, such as missing
 * permissions or an exception of the reader, ends the following for good and is said in {@link #deadBecause}.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final int ANSWER_TIMEOUT_MS = 3_000;

    /** Where the records go. Called on the follower's thread only. */
    public interface Reader {
        /**
         * Takes in one record.
         *
         * @throws IllegalArgumentException when the record makes no sense; it is skipped then
         */
        void apply(TopicRecord topicRecord);

        /** Every record of the partition before an offset has been applied or skipped. */
        default void advanced(TopicPartition partition, long nextOffset) {}

        /** All that the topics had when following began has been applied. Called once. */
        default void caughtUp() {}

        /** There is nothing to read right now. Called again and again. */
        default void idle() {}
    }

    private final String name;
    private final Consumer<String, byte[]> consumer;
    private final Reader reader;
    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<Topic, Deserializer<? extends SpecificRecord>> deserializers = new EnumMap<>(Topic.class);
    private final Counter applied;
    private final Counter skipped;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();

    /** Settled before the thread starts. */
    private boolean fromNowOn;

    private volatile Optional<String> behindBecause = Optional.of("its topics have not been read yet");
    private volatile Optional<String> deadBecause = Optional.empty();
    private volatile long lag;

    /**
     * @param name what is followed, for messages, the thread and the tag of the metrics, such as {@code configuration}
     * @param consumer of {@link #consumer}; closed by this follower
     * @param topics topics with an Avro value
     */
    public TopicFollower(
            String name,
            Consumer<String, byte[]> consumer,
            SchemaRegistry registry,
            TopicNames names,
            Collection<Topic> topics,
            Reader reader,
            MeterRegistry meters) {
        this.name = name;
        this.consumer = consumer;
        this.reader = reader;
        this.thread = new Thread(this::run, name + "-follower");
        topics.forEach(topic -> {
            this.topics.put(names.of(topic), topic);
            deserializers.put(
                    topic, new AvroDeserializer<>(registry, topic.valueSchema().orElseThrow()));
        });
        applied = Counter.builder("tidewatch.follower.records.applied")
                .description("Records of a compacted topic that have taken effect since the start.")
                .tag("follower", name)
                .register(meters);
        skipped = Counter.builder("tidewatch.follower.records.skipped")
                .description("Records of a compacted topic that can't be understood and were skipped.")
                .tag("follower", name)
                .register(meters);
        Gauge.builder("tidewatch.follower.lag", () -> lag)
                .description("Records of a compacted topic that have yet to take effect.")
                .baseUnit("records")
                .tag("follower", name)
                .register(meters);
    }

    /**
     * A consumer as the follower needs it: without a group, from the beginning, without the records of aborted transactions,
     * and with short timeouts, because the follower itself tries again.
     *
     * @param client where Kafka is
     */
    public static Consumer<String, byte[]> consumer(Map<String, Object> client, String clientId) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Starts following from now on: what is there already is left out. Call this or {@link #start}, and once. */
    public void startFromNowOn() {
        fromNowOn = true;
        start();
    }

    /** Starts following from the beginning. Call once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all that the topics had when following began has been applied. Later it may fall behind again. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Waits until the follower has caught up.
     *
     * @return false if the timeout came first
     */
    public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
        return caughtUp.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Why the newest records may not have been applied; empty while the follower keeps up. */
    public Optional<String> behindBecause() {
        return behindBecause;
    }

    /** Why no further record will ever be applied; empty while the follower lives. */
    public Optional<String> deadBecause() {
        return deadBecause;
    }

    /** Ends following. The reader is not called any more when this returns, unless it takes longer than a second. */
    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
            return;
        }
        consumer.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
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
            LOG.debug("Following ended follower={}", name);
        } catch (RuntimeException | Error e) {
            if (!isClosing()) {
                deadBecause = Optional.of("following the " + name + " topics broke: " + e);
                LOG.error("Following topics broke for good follower={}", name, e);
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        }
    }

    private void follow() {
        try {
            if (consumer.assignment().isEmpty()) {
                begin();
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<String, byte[]> each : records) {
                take(each);
            }
            if (!isCaughtUp()) {
                lookWhetherCaughtUp();
            } else if (records.isEmpty()) {
                reader.idle();
                measureLag();
            }
        } catch (RetriableException e) {
            behind("Kafka does not answer: " + e.getMessage());
            pause();
        }
    }

    /** Nothing is assigned before the ends are known, so that a failure in between repeats all of it. */
    private void begin() {
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        endsAtStart.clear();
        endsAtStart.putAll(ends);
        consumer.assign(partitions);
        if (fromNowOn) {
            ends.forEach(consumer::seek);
        } else {
            consumer.seekToBeginning(partitions);
        }
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.keySet()) {
            List<PartitionInfo> found = consumer.partitionsFor(topic);
            if (found.isEmpty()) {
                throw new UnknownTopicOrPartitionException("topic " + topic + " is not known");
            }
            found.forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private void take(ConsumerRecord<String, byte[]> each) {
        while (!isClosing()) {
            try {
                reader.apply(decode(each));
                applied.increment();
                break;
            } catch (RegistryUnavailableException e) {
                behind("the schema registry does not answer: " + e.getMessage());
                pause();
            } catch (SerializationException | IllegalArgumentException e) {
                skipped.increment();
                LOG.error(
                        "A record can't be understood and was skipped topic={} partition={} offset={} reason={}",
                        each.topic(),
                        each.partition(),
                        each.offset(),
                        e.getMessage());
                break;
            }
        }
        if (!isClosing()) {
            reader.advanced(new TopicPartition(each.topic(), each.partition()), each.offset() + 1);
        }
    }

    private TopicRecord decode(ConsumerRecord<String, byte[]> each) {
        Topic topic = Objects.requireNonNull(topics.get(each.topic()));
        if (each.key() == null) {
            throw new SerializationException("The record has no key");
        }
        SpecificRecord value = Objects.requireNonNull(deserializers.get(topic)).deserialize(each.topic(), each.value());
        return new TopicRecord(topic, each.key(), Optional.ofNullable(value));
    }

    private void lookWhetherCaughtUp() {
        long behind = behind(endsAtStart);
        lag = behind;
        if (behind == 0) {
            reader.caughtUp();
            caughtUp.countDown();
            upToDate();
        } else {
            behindBecause = Optional.of(behind + " records are still to be read");
        }
    }

    /**
     * Asks how far the topics go while there is nothing to read: it shows whether Kafka still answers, and delays no
     * record.
     */
    private void measureLag() {
        List<TopicPartition> partitions = partitions();
        if (partitions.size() > consumer.assignment().size()) {
            assignFurther(partitions);
        }
        lag = behind(consumer.endOffsets(partitions));
        upToDate();
    }

    private void assignFurther(List<TopicPartition> partitions) {
        Collection<TopicPartition> further = new ArrayList<>(partitions);
        further.removeAll(consumer.assignment());
        LOG.info("Topics have further partitions follower={} partitions={}", name, further);
        consumer.assign(partitions);
        consumer.seekToBeginning(further);
    }

    private long behind(Map<TopicPartition, Long> ends) {
        long behind = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            behind += Math.max(0, end.getValue() - consumer.position(end.getKey()));
        }
        return behind;
    }

    private void behind(String reason) {
        if (!behindBecause.equals(Optional.of(reason))) {
            LOG.warn("Following topics waits follower={} reason={}", name, reason);
        }
        behindBecause = Optional.of(reason);
    }

    private void upToDate() {
        behindBecause = Optional.empty();
    }

    private void pause() {
        try {
            boolean unused = closing.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
