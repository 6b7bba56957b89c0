package io.tidewatch.standalone.scenario;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * A stage without servers: Kafka Streams' own driver runs the topology of the application {@code alarms}, with its stores
 * in a temporary directory and its serdes over a registry in memory. One thread calls it.
 */
public final class DriverStage implements Stage {
    /** Any time will do: nothing on this stage looks at a clock. */
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The driver has one task, which reads partition 0 of everything. */
    private static final int PARTITIONS = 1;

    private static final String APPLICATION = "scenarios";

    private final TopicNames topics = TopicNames.withDefaultPrefix();
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final Path stateDir;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, Check> checks;
    private final TestInputTopic<String, Alarm> alarms;
    private final TestInputTopic<String, CheckResult> results;
    private final TestOutputTopic<String, AlertEvent> events;
    private final TestOutputTopic<String, AlarmState> states;
    private int played;

    public DriverStage() {
        stateDir = temporaryDirectory();
        StreamsAppConfig defaults = StreamsAppConfig.from(Settings.of(StreamsAppConfig.definition(), Map.of()));
        StreamsApp.Blueprint alarmsApplication = StreamsApp.blueprint(
                StreamsAppConfig.Application.ALARMS, defaults, registry, PARTITIONS, new SimpleMeterRegistry());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.putAll(alarmsApplication.properties());
        driver = new TopologyTestDriver(alarmsApplication.topology(), properties, START);
        checks = input(Topic.CHECKS, Check.class);
        alarms = input(Topic.ALARMS, Alarm.class);
        results = input(Topic.CHECK_RESULTS, CheckResult.class);
        events = output(Topic.ALERT_EVENTS, AlertEvent.class);
        states = output(Topic.ALARM_STATES, AlarmState.class);
    }

    @Override
    public List<Performance> play(List<Scenario> scenarios) {
        return scenarios.stream().map(this::play).toList();
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> paths = Files.walk(stateDir)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + stateDir + " can't be deleted", e);
        }
    }

    private Performance play(Scenario scenario) {
        played++;
        StagedScenario staged = new StagedScenario(scenario, "en" + played, START);
        checks.pipeInput(staged.path().toString(), staged.check(), START);
        alarms.pipeInput(staged.alarmKey(), staged.alarm(), START);
        staged.results().forEach(result -> results.pipeInput(staged.path().toString(), result, result.getTimestamp()));
        return staged.performance(
                events.readValuesToList(), states.readKeyValuesToMap().get(staged.alarmKey()));
    }

    private <T extends SpecificRecord> TestInputTopic<String, T> input(Topic topic, Class<T> type) {
        return driver.createInputTopic(
                topics.of(topic), new StringSerializer(), new AvroSerde<>(registry, type).serializer());
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic, Class<T> type) {
        return driver.createOutputTopic(
                topics.of(topic), new StringDeserializer(), new AvroSerde<>(registry, type).deserializer());
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("tidewatch-scenarios");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory can be made", e);
        }
    }
}
