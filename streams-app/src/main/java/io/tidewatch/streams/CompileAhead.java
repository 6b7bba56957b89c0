package io.tidewatch.streams;

import io.tidewatch.schema.Alarm;
import io.tidewatch.streams.alarm.CriteriaShapes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
 */
final class CompileAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompileAhead.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long END_WITHIN_MS = 2_000;

    private static final int REMEMBERED_AT_MOST = 10_000;

    private final CriteriaShapes shapes;
    private final Set<String> seen = new HashSet<>();
    private final Consumer<String, Alarm> consumer;
    private final Thread thread = new Thread(this::follow, "compile-ahead");

    /** @param partitions how many the topic has */
    CompileAhead(
            CriteriaShapes shapes,
            Map<String, Object> client,
            Deserializer<Alarm> alarms,
            String topic,
            int partitions) {
        this.shapes = shapes;
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), alarms);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(END_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            while (true) {
                compileNext();
            }
        } catch (WakeupException e) {
            LOG.debug("Compiling ahead ended");
        } catch (KafkaException e) {
            LOG.warn("Compiling ahead ended; tasks compile for themselves reason={}", e.toString());
        }
    }

    private void compileNext() {
        try {
            for (ConsumerRecord<String, Alarm> record : consumer.poll(POLL)) {
                Alarm alarm = record.value();
                if (alarm != null && alarm.getCriteria() != null && isNew(alarm.getCriteria())) {
                    shapes.compileAhead(alarm.getCriteria());
                }
            }
        } catch (RecordDeserializationException e) {
            // The application reports it.
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }

    /** Whether no other criteria was seen that has the same text but for its digits: thresholds make no shape. */
    private boolean isNew(String criteria) {
        if (seen.size() >= REMEMBERED_AT_MOST) {
            seen.clear();
        }
        StringBuilder withoutDigits = new StringBuilder(criteria.length());
        for (int i = 0; i < criteria.length(); i++) {
            if (!Character.isDigit(criteria.charAt(i))) {
                withoutDigits.append(criteria.charAt(i));
            }
        }
        return seen.add(withoutDigits.toString());
    }
}
