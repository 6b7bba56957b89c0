package io.tidewatch.runtime.quarantine;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** What several processes of an application share. */
final class MemoryLedger implements FailureLedger {
    final Map<TopicPartition, Failure> failures = new ConcurrentHashMap<>();

    @Override
    public Map<TopicPartition, Failure> read() {
        return Map.copyOf(failures);
    }

    @Override
    public void write(TopicPartition partition, Failure failure) {
        failures.put(partition, failure);
    }

    @Override
    public void delete(Set<TopicPartition> partitions) {
        failures.keySet().removeAll(partitions);
    }

    @Override
    public void close() {}
}
