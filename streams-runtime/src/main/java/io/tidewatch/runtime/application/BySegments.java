package io.tidewatch.runtime.application;

import io.tidewatch.topics.Partitions;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Sends records to the partition of what their keys begin with, so that what is published about one tenant, or about one check,
 * stays together in the topics that are read together. Called on stream threads.
 *
 * @param segments how many segments of a key decide, of which it has more
 */
public record BySegments<V>(int segments) implements StreamPartitioner<String, V> {
    /** Of keys that begin with {@code tenant/}. */
    public static <V> BySegments<V> tenant() {
        return new BySegments<>(1);
    }

    /** Of keys that begin with {@code tenant/entity/check/}. */
    public static <V> BySegments<V> check() {
        return new BySegments<>(3);
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int partitions) {
        int end = -1;
        for (int segment = 0; segment < segments; segment++) {
            end = key.indexOf('/', end + 1);
        }
        return Optional.of(Set.of(Partitions.of(key.substring(0, end), partitions)));
    }
}
