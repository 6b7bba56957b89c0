package io.tidewatch.gateway.records;

import io.tidewatch.gateway.Waits;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.topics.Partitions;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.TopicPartition;

/** Stands for the log in Kafka, and for the follower that brings its configuration topics into a view. */
public final class InMemoryRecordLog implements RecordLog {
    static final int PARTITIONS = 6;

    private final ConfigurationView view;
    private final TopicNames names = TopicNames.withDefaultPrefix();
    private final Map<TopicPartition, List<LogEntry>> partitions = new HashMap<>();
    private final List<LogEntry> entries = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();
    private volatile CountDownLatch stalled = new CountDownLatch(0);

    public InMemoryRecordLog(ConfigurationView view) {
        this.view = view;
    }

    /** From now on nothing is acknowledged, and nothing arrives. */
    public synchronized void failWith(RuntimeException reason) {
        failure = Optional.of(reason);
    }

    /** From now on whoever appends waits. */
    public void stall() {
        stalled = new CountDownLatch(1);
    }

    /** Lets go on whoever waits. */
    public void goOn() {
        stalled.countDown();
    }

    public synchronized List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    public synchronized List<LogEntry> entries(Topic topic) {
        return entries.stream().filter(entry -> entry.topic() == topic).toList();
    }

    synchronized List<LogEntry> partition(TopicPartition partition) {
        return List.copyOf(partitions.getOrDefault(partition, List.of()));
    }

    @Override
    public Map<TopicPartition, Long> append(List<LogEntry> appended) {
        Waits.until(stalled);
        return appendNow(appended);
    }

    private synchronized Map<TopicPartition, Long> appendNow(List<LogEntry> appended) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        Map<TopicPartition, Long> nextOffsets = new HashMap<>();
        for (LogEntry entry : appended) {
            TopicPartition partition = new TopicPartition(names.of(entry.topic()), partitionOf(entry));
            List<LogEntry> records = partitions.computeIfAbsent(partition, unused -> new ArrayList<>());
            records.add(entry);
            entries.add(entry);
            nextOffsets.put(partition, (long) records.size());
            if (view.topics().contains(entry.topic())) {
                view.apply(new TopicRecord(entry.topic(), entry.key(), entry.value()));
                view.advanced(partition, records.size());
            }
        }
        return nextOffsets;
    }

    private static int partitionOf(LogEntry entry) {
        return Partitions.of(entry.partitionedBy().orElse(entry.key()), PARTITIONS);
    }
}
