package io.tidewatch.streams.application;

import io.tidewatch.settings.KafkaSettings;
import java.nio.file.Path;

/**
 * What one Kafka Streams application is set to.
 *
 * @param name what users call it: {@code alarms}, {@code rollups} or {@code sink}
 * @param id the {@code application.id}: also the consumer group and the front of the changelog topics' names
 * @param stateDir of the process: Kafka Streams makes a folder for each application in it
 * @param internalReplication replicas of changelog topics; -1 for the broker's default
 * @param standbys how many further processes keep a copy of each state
 * @param recordTimeoutMs how long records may take: with exactly once those of one transaction, else those between two polls
 */
public record ApplicationSettings(
        String name,
        String id,
        KafkaSettings kafka,
        Path stateDir,
        int threads,
        int commitIntervalMs,
        int internalReplication,
        int standbys,
        int sessionTimeoutMs,
        int recordTimeoutMs) {}
