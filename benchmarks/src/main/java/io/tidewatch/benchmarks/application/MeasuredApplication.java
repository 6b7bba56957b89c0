package io.tidewatch.benchmarks.application;

import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One of the stream applications in this process, with one thread, and what it has committed. */
public final class MeasuredApplication implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private final BenchmarkKafka kafka;
    private final Application application;
    private final StreamsApp app;

    public MeasuredApplication(BenchmarkKafka kafka, Application application, Clock clock) {
        this(kafka, application, Map.of(), clock);
    }

    /** @param further settings, such as where Cassandra is */
    public MeasuredApplication(
            BenchmarkKafka kafka, Application application, Map<String, String> further, Clock clock) {
        this.kafka = kafka;
        this.application = application;
        this.app = new StreamsApp(settings(kafka, application, further), clock);
    }

    /** Returns when it is at work. */
    public void start() {
        app.start();
        app.awaitReady(READY_WITHIN);
    }

    /** The port of its metrics, once started. */
    public int operationsPort() {
        return app.operationsPort();
    }

    public static Settings settings(BenchmarkKafka kafka, Application application) {
        return settings(kafka, application, Map.of());
    }

    public static Settings settings(BenchmarkKafka kafka, Application application, Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put(KafkaSettings.BOOTSTRAP_SERVERS, kafka.settings().bootstrapServers());
        settings.put(KafkaSettings.REGISTRY_URL, kafka.settings().registryUrl());
        settings.put(StreamsAppConfig.APPLICATIONS, application.label());
        settings.put(RuntimeSettings.STATE_DIR, kafka.state().toString());
        return Settings.of(StreamsAppConfig.definition(), settings);
    }

    /** Its {@code application.id}, and so its consumer group. */
    public static String id(BenchmarkKafka kafka, Application application) {
        return StreamsAppConfig.from(settings(kafka, application)).applicationId(application);
    }

    /**
     * A result that is evaluated before its alarm is known would decide nothing.
     *
     * @throws IllegalStateException when so many checks and alarms are not known in time
     */
    public void awaitConfigurationTakenIn(int checks, Duration timeout) {
        awaitTakenIn(Topic.CHECKS, checks, timeout);
        awaitTakenIn(Topic.ALARMS, checks, timeout);
    }

    /** @throws IllegalStateException when so many records are not processed in time */
    public void awaitTakenIn(Topic topic, long records, Duration timeout) {
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
