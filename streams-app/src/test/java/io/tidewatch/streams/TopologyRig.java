package io.tidewatch.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.DeadLetters;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** A topology at work under the test driver, with real serdes and dead letters. */
public final class TopologyRig implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    public final TopologyTestDriver driver;
    private final TopicNames topics = TopicNames.withDefaultPrefix();
    private final InMemorySchemaRegistry registry;
    private boolean closed;

    public TopologyRig(
            Topology topology,
            InMemorySchemaRegistry registry,
            SimpleMeterRegistry meters,
            Path stateDir,
            ReportedElsewhere reportedElsewhere,
            Instant wallClock) {
        this.registry = registry;
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "rig");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.putAll(DeadLetters.properties("rig", topics.of(Topic.DEAD_LETTERS), reportedElsewhere, meters));
        driver = new TopologyTestDriver(topology, properties, wallClock);
    }

    /** Publishes a result with a record of the same time. */
    public void publish(CheckResult result) {
        input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput(ResultsOfOneCheck.KEY, result, result.getTimestamp());
    }

    public <T extends SpecificRecord> TestInputTopic<String, T> input(Topic topic, Class<T> type) {
        return driver.createInputTopic(
                topics.of(topic), new StringSerializer(), new AvroSerde<>(registry, type).serializer());
    }

    /** Publishes bytes as they are, at {@link #START}. */
    public void publishBytes(Topic topic, byte[] value) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topics.of(topic), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(ResultsOfOneCheck.KEY.getBytes(StandardCharsets.UTF_8), value, START);
    }

    public <T extends SpecificRecord> List<TestRecord<String, T>> published(Topic topic, Class<T> type) {
        TestOutputTopic<String, T> output = driver.createOutputTopic(
                topics.of(topic), new StringDeserializer(), new AvroSerde<>(registry, type).deserializer());
        return output.readRecordsToList();
    }

    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        topics.of(Topic.DEAD_LETTERS), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** A dead letter's headers as text. */
    public static Map<String, String> headers(TestRecord<?, ?> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    /** May be called again; the driver's own may not. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            driver.close();
        }
    }
}
