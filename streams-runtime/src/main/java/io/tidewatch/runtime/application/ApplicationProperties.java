package io.tidewatch.runtime.application;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.deadletters.DeadLetters;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams properties that all applications share, in one place. */
public final class ApplicationProperties {
    /**
     * A broker that vanished, with its machine or its network, does not refuse anything: whoever has asked it something
     * waits for so long at most. As the poller's.
     */
    private static final int REQUEST_TIMEOUT_MS = 10_000;

    /** Whoever connects to it is not refused either, and asks no other broker until then. */
    private static final int CONNECT_TIMEOUT_MS = 3_000;

    /** A member counts as gone after this many missed heartbeats; Kafka's own ratio is about the same. */
    private static final int HEARTBEATS_A_SESSION = 4;

    /** However short the session is: a consumer's question for records takes half a second where there are none. */
    private static final int SHORTEST_WAIT_MS = 1_000;

    /**
     * A hundred years instead of the greatest long: Kafka Streams adds the time of day to it. See
     * {@code BarrierConsumer}.
     */
    private static final long FOR_EVER_MS = Duration.ofDays(36_500).toMillis();

    /** Lets dead letters handle global stores too. Kafka 4.3.1 has the key's constant deprecated: 5.0 will always do so. */
    private static final String HANDLE_GLOBAL_EXCEPTIONS = "processing.exception.handler.global.enabled";

    /**
     * Has Kafka Streams delete all stores before it starts. With exactly once it deletes those of a process that was killed
     * anyway, but only when it has opened each of them twice. Source: Kafka Streams 4.3.1, {@code StateDirectory}.
     */
    private static final long NO_STATE_IS_YOUNG_ENOUGH_MS = 0;

    /**
     * Of a partition, read and not processed yet; with more, none are fetched. The largest results are 256 KiB, and a
     * thousand of them, Kafka Streams' own number, in each of six partitions, are more than a process has. Source: derived;
     * 25 MB of a partition.
     */
    private static final int MAX_BUFFERED_RECORDS = 100;

    private final InstanceId instance;
    private final MeterRegistry meters;

    public ApplicationProperties(InstanceId instance, MeterRegistry meters) {
        this.instance = instance;
        this.meters = meters;
    }

    /**
     * Offsets, stores and output are one transaction.
     *
     * @param reportedElsewhere the bad records that another application puts aside
     */
    public Properties exactlyOnce(ApplicationSettings settings, ReportedElsewhere reportedElsewhere) {
        return exactlyOnce(settings, common(settings, reportedElsewhere));
    }

    /**
     * For an application whose effects are outside Kafka, and idempotent: a transaction could not include them.
     *
     * @param reportedElsewhere the bad records that another application puts aside
     */
    public Properties atLeastOnce(ApplicationSettings settings, ReportedElsewhere reportedElsewhere) {
        Properties properties = common(settings, reportedElsewhere);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, FOR_EVER_MS);
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), settings.recordTimeoutMs());
        // What was written in a transaction that was aborted does not exist.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
        return properties;
    }

    private static Properties exactlyOnce(ApplicationSettings settings, Properties properties) {
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), settings.recordTimeoutMs());
        // An answer that comes after the transaction was given up is of no use, and the next one begins later.
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                Math.min(REQUEST_TIMEOUT_MS, settings.recordTimeoutMs()));
        if (UncleanEnd.of(settings).happened()) {
            properties.put(StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG, NO_STATE_IS_YOUNG_ENOUGH_MS);
        }
        return properties;
    }

    private Properties common(ApplicationSettings settings, ReportedElsewhere reportedElsewhere) {
        TopicNames topics = settings.kafka().topics();
        Properties properties = new Properties();
        properties.putAll(settings.kafka().client());
        properties.put(StreamsConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECT_TIMEOUT_MS);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.id());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, settings.runtime().stateDir().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitIntervalMs());
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.runtime().internalReplication());
        properties.put(
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.runtime().standbys());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, MAX_BUFFERED_RECORDS);
        properties.put(HANDLE_GLOBAL_EXCEPTIONS, true);
        properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance.id());
        int sessionMs = settings.runtime().sessionTimeoutMs();
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), sessionMs);
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                sessionMs / HEARTBEATS_A_SESSION);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.LARGEST_DEAD_LETTER_BYTES);
        properties.putAll(patience(sessionMs));
        properties.putAll(
                DeadLetters.properties(settings.id(), topics.of(Topic.DEAD_LETTERS), reportedElsewhere, meters));
        return properties;
    }

    /**
     * How long those who are to take over wait for a broker that vanished, in parts of a session. With Kafka's own
     * values, which are up to minutes, alarms stood still for one when a region was cut off. Source: Kafka 4.3.1; the
     * drill with three regions.
     */
    private static Map<String, Object> patience(int sessionMs) {
        return Map.of(
                // No error tells a consumer that only keeps standbys of new leaders, and it would ask the old ones.
                CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
                partOf(sessionMs, 2),
                // Who assigns the tasks may wait for metadata first, then for the ends of the changelogs, and sends no
                // heartbeat meanwhile: it would be missed, too. StreamsPartitionAssignor.populateClientStatesMap
                StreamsConfig.consumerPrefix(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG),
                partOf(sessionMs, 2),
                StreamsConfig.adminClientPrefix(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG),
                partOf(sessionMs, 3),
                // Leaves time to ask the new leader. PartitionLeaderStrategy
                StreamsConfig.adminClientPrefix(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG),
                partOf(sessionMs, 6));
    }

    private static int partOf(int sessionMs, int parts) {
        return Math.max(SHORTEST_WAIT_MS, Math.min(REQUEST_TIMEOUT_MS, sessionMs / parts));
    }
}
