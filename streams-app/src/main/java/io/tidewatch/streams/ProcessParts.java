package io.tidewatch.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.application.ApplicationProperties;
import io.tidewatch.streams.application.ApplicationSettings;
import io.tidewatch.streams.application.InstanceId;
import io.tidewatch.streams.application.LagWatch;
import io.tidewatch.streams.application.RunningApplication;
import io.tidewatch.streams.quarantine.Quarantine;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.streams.KafkaStreams;
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

    ApplicationProperties properties() {
        return new ApplicationProperties(instance, meters);
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
        ApplicationSettings settings = config.of(application);
        return Quarantine.of(
                settings.name(),
                settings.id(),
                kafka().client(),
                Duration.ofMillis(settings.recordTimeoutMs()),
                inside,
                meters);
    }

    RunningApplication running(Application application, KafkaStreams streams) {
        return new RunningApplication(config.of(application), streams, meters, clock);
    }
}
