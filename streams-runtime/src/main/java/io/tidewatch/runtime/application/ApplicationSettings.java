package io.tidewatch.runtime.application;

import io.tidewatch.settings.KafkaSettings;

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
        int recordTimeoutMs) {}
