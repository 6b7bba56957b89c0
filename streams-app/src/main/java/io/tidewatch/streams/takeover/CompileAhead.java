package io.tidewatch.streams.takeover;

import io.tidewatch.schema.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic {@code alarms}, all of it, on a thread of its own, and has each criteria compiled: before this process
 * gets the tasks that need them, be it at a start or because another process died; and, for an alarm that is created while
 * results flow, mostly before the stream thread comes to it. Only a head start: a task that is there first does it itself.
 *
 * <p>A process that was here before begins with the {@link KnownCriteria}, and leaves the topic to later: reading a hundred
 * thousand alarms for twenty shapes would take processors from the restoring of stores. Whoever has the time may wait for
 * that, or for the topic as it was at the start, with {@link #awaitHeadStart}.
 */
public final class CompileAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompileAhead.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long END_WITHIN_MS = 2_000;

    private static final int REMEMBERED_AT_MOST = 10_000;

    private static final long LOOK_EVERY_MS = 200;

    private final java.util.function.Consumer<String> compile;
    private final KnownCriteria known;
    private final BooleanSupplier atWork;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch headStart = new CountDownLatch(1);

    /** By their text without digits, in {@link #kind}. */
    private final Set<String> compiled = new HashSet<>();

    /** A criteria of each kind that is in the topic. */
    private final Map<String, String> found = new HashMap<>();

    private boolean foundMore;
    private final Consumer<String, Alarm> consumer;
    private final Thread thread = new Thread(this::follow, "compile-ahead");

    /**
     * @param compile is given one criteria of each kind
     * @param atWork whether the application has nothing to restore any more
     * @param consumer of the topic's partitions, to be closed here
     */
    public CompileAhead(
            java.util.function.Consumer<String> compile,
            KnownCriteria known,
            BooleanSupplier atWork,
            Consumer<String, Alarm> consumer) {
        this.compile = compile;
        this.known = known;
        this.atWork = atWork;
        this.consumer = consumer;
        thread.setDaemon(true);
    }

    /**
     * A consumer of a whole topic, from its beginning, that belongs to no group.
     *
     * @param partitions how many the topic has
     */
    public static Consumer<String, Alarm> consumer(
            Map<String, Object> client, Deserializer<Alarm> alarms, String topic, int partitions) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        KafkaConsumer<String, Alarm> consumer = new KafkaConsumer<>(properties, new StringDeserializer(), alarms);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return consumer;
    }

    public void start() {
        thread.start();
    }

    /**
     * Waits until what there was at the start has been compiled, or nothing more will be.
     *
     * @return whether that is so, and not the time run out
     */
    public boolean awaitHeadStart(Duration timeout) {
        try {
            return headStart.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(END_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            List<String> before = known.read();
            before.forEach(this::compile);
            if (before.isEmpty()) {
                compileTopicSoFar();
            }
            headStart.countDown();
            while (!before.isEmpty() && !atWork.getAsBoolean()) {
                if (closing.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            while (true) {
                compileNext();
            }
        } catch (WakeupException e) {
            LOG.debug("Compiling ahead ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            LOG.warn("Compiling ahead ended; tasks compile for themselves reason={}", e.toString());
        } finally {
            headStart.countDown();
        }
    }

    private void compileTopicSoFar() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (!hasReached(ends)) {
            compileNext();
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void compileNext() {
        try {
            ConsumerRecords<String, Alarm> records = consumer.poll(POLL);
            for (ConsumerRecord<String, Alarm> record : records) {
                Alarm alarm = record.value();
                if (alarm != null && alarm.getCriteria() != null) {
                    find(alarm.getCriteria());
                }
            }
            if (records.isEmpty() && foundMore) {
                foundMore = false;
                known.write(found.values());
            }
        } catch (RecordDeserializationException e) {
            // The application reports it.
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }

    private void find(String criteria) {
        if (found.size() >= REMEMBERED_AT_MOST) {
            found.clear();
            compiled.clear();
        }
        if (found.putIfAbsent(kind(criteria), criteria) == null) {
            foundMore = true;
            compile(criteria);
        }
    }

    private void compile(String criteria) {
        if (compiled.add(kind(criteria))) {
            compile.accept(criteria);
        }
    }

    /** The same for criteria that have the same text but for its digits: thresholds make no shape. */
    private static String kind(String criteria) {
        StringBuilder withoutDigits = new StringBuilder(criteria.length());
        for (int i = 0; i < criteria.length(); i++) {
            if (!Character.isDigit(criteria.charAt(i))) {
                withoutDigits.append(criteria.charAt(i));
            }
        }
        return withoutDigits.toString();
    }
}
