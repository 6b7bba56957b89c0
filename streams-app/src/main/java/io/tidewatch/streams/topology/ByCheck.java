package io.tidewatch.streams.topology;

import io.tidewatch.topics.CheckPath;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Sends records whose key begins with {@code tenant/entity/check/} to the partition of their check, so that what is
 * published of one check together stays together: who writes it to storage has fewer and larger batches. Called on stream
 * threads.
 */
final class ByCheck<V> implements StreamPartitioner<String, V> {
    private static final int SEGMENTS = 3;

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        int end = -1;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            end = key.indexOf('/', end + 1);
        }
        return Optional.of(Set.of(CheckPath.partition(key.substring(0, end), partitions)));
    }
}
