package io.tidewatch.runtime.quarantine;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Where an application's failures outlive its threads and processes. Called on one thread. */
interface FailureLedger extends AutoCloseable {
    /** @throws RuntimeException when it can't be read now */
    Map<TopicPartition, Failure> read();

    /** @throws RuntimeException when it can't be written now */
    void write(TopicPartition partition, Failure failure);

    /** @throws RuntimeException when it can't be written now */
    void delete(Set<TopicPartition> partitions);

    @Override
    void close();
}
