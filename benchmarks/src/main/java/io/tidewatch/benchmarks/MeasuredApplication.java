package io.tidewatch.benchmarks;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** One of the stream applications in this process, with one thread, and what it has committed. */
final class MeasuredApplication implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private final BenchmarkKafka kafka;
    private final Application application;
    private final StreamsApp app;

    MeasuredApplication(BenchmarkKafka kafka, Application application, Clock clock) {
        this.kafka = kafka;
        this.application = application;
        this.app = new StreamsApp(settings(kafka, application), clock);
    }

    /** Returns when it is at work. */
    void start() {
        app.start();
        app.awaitReady(READY_WITHIN);
    }

    static Settings settings(BenchmarkKafka kafka, Application application) {
        return Settings.of(
                StreamsAppConfig.definition(),
                Map.of(
                        KafkaSettings.BOOTSTRAP_SERVERS, kafka.settings().bootstrapServers(),
                        KafkaSettings.REGISTRY_URL, kafka.settings().registryUrl(),
                        StreamsAppConfig.APPLICATIONS, application.label(),
                        StreamsAppConfig.STATE_DIR, kafka.state().toString()));
    }

    /** Its {@code application.id}, and so its consumer group. */
    static String id(BenchmarkKafka kafka, Application application) {
        return StreamsAppConfig.from(settings(kafka, application)).applicationId(application);
    }

    /**
     * A result that is evaluated before its alarm is known would decide nothing.
     *
     * @throws IllegalStateException when so many checks and alarms are not known in time
     */
    void awaitConfigurationTakenIn(int checks, Duration timeout) {
        awaitTakenIn(Topic.CHECKS, checks, timeout);
        awaitTakenIn(Topic.ALARMS, checks, timeout);
    }

    /** @throws IllegalStateException when so many records are not processed in time */
    void awaitTakenIn(Topic topic, long records, Duration timeout) {
        String name = kafka.settings().topics().of(topic);
        if (!Await.isSoWithin(timeout, () -> kafka.committed(id(kafka, application), name) >= records)) {
            throw new IllegalStateException(
                    "Of " + name + ", " + records + " records were not processed within " + timeout.toSeconds() + " s");
        }
    }

    @Override
    public void close() {
        app.close();
    }
}
