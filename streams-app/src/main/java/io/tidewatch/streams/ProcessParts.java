package io.tidewatch.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.ApplicationProperties;
import io.tidewatch.runtime.application.ApplicationSettings;
import io.tidewatch.runtime.application.InstanceId;
import io.tidewatch.runtime.application.LagWatch;
import io.tidewatch.runtime.application.RunningApplication;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.intake.ValidateResult;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;

/**
 * What the applications of one process share.
 *
 * @param instance the process's name as a member of consumer groups
 * @param inside put between each processor and its guard, by tests
 * @param described what Kafka says of the topics that the applications use
 */
record ProcessParts(
        StreamsAppConfig config,
        SchemaRegistry registry,
        InstanceId instance,
        MeterRegistry meters,
        Clock clock,
        ProcessorWrapper inside,
        Map<Topic, TopicDescription> described) {
    /** The largest step by which the sink can go beyond the writes that may be in flight. */
    private static final int SINK_MAX_POLL_RECORDS = 500;

    ProcessParts {
        described = new EnumMap<>(described);
    }

    KafkaSettings kafka() {
        return config.kafka();
    }

    TopicNames topics() {
        return config.kafka().topics();
    }

    /** How many partitions {@code check-results} has. */
    int partitions() {
        return described(Topic.CHECK_RESULTS).partitions().size();
    }

    TopicDescription described(Topic topic) {
        return Objects.requireNonNull(described.get(topic), topic.name());
    }

    /** As Kafka Streams needs them. The alarms report the bad records of {@code check-results} for all. */
    Properties properties(Application application) {
        ApplicationProperties properties = new ApplicationProperties(instance, meters);
        ApplicationSettings settings = config.of(application);
        ReportedElsewhere byAlarms =
                new ReportedElsewhere(Set.of(topics().of(Topic.CHECK_RESULTS)), Set.of(ValidateResult.NODE));
        return switch (application) {
            case ALARMS -> properties.exactlyOnce(settings, ReportedElsewhere.NOTHING);
            case ROLLUPS -> properties.exactlyOnce(settings, byAlarms);
            case SINK -> withSinksOwn(properties.atLeastOnce(settings, byAlarms));
        };
    }

    private static Properties withSinksOwn(Properties properties) {
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), SINK_MAX_POLL_RECORDS);
        // Each task has one input, and nothing to wait for; with waiting on, Kafka Streams writes a text for each task
        // without records whenever it looks, and looks all the time.
        // Source: Kafka Streams 4.3.1, PartitionGroup.readyToProcess.
        properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        return properties;
    }

    /** Measures how far an application is behind in {@code check-results}. */
    LagWatch lagWatch(Application application) {
        return LagWatch.of(
                kafka().client(),
                config.applicationId(application),
                topics().of(Topic.CHECK_RESULTS),
                partitions(),
                clock);
    }

    /** Watches the records of an application. */
    Quarantine quarantine(Application application) {
        return Quarantine.of(config.of(application), inside, meters);
    }

    RunningApplication running(Application application, KafkaStreams streams) {
        return new RunningApplication(config.of(application), streams, meters, clock);
    }
}
