package io.tidewatch.runtime.application;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.TopicNames;

/**
 * What one Kafka Streams application is set to.
 *
 * @param name what users call it: such as {@code alarms}
 * @param id the {@code application.id}: also the consumer group and the front of the changelog topics' names
 * @param recordTimeoutMs how long records may take: with exactly once those of one transaction, else those between two polls
 */
public record ApplicationSettings(
        String name,
        String id,
        KafkaSettings kafka,
        RuntimeSettings runtime,
        int threads,
        int commitIntervalMs,
        int recordTimeoutMs) {
    /** The {@code application.id} of an application by its name. */
    public static String id(TopicNames topics, String name) {
        String prefix = topics.prefix().replaceAll("[._-]+$", "");
        return prefix.isEmpty() ? name : prefix + "-" + name;
    }
}
