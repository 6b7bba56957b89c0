package io.tidewatch.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.DeadLetters;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.serde.BoundedSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that would be too large, of a processor that publishes as many bytes as its record says, and one byte besides. */
final class UnwritableOutputTest {
    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "small");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.putAll(DeadLetters.properties("small", "dead", ReportedElsewhere.NOTHING, meters));
        Topology topology = new Topology();
        topology.addSource("read", new StringDeserializer(), new StringDeserializer(), "in");
        topology.addProcessor("grow", Growing::new, "read");
        topology.addSink(
                "write", "out", new StringSerializer(), new BoundedSerializer<>(new ByteArraySerializer()), "grow");
        driver = new TopologyTestDriver(topology, properties);
    }

    @AfterEach
    void end() {
        driver.close();
    }

    @Test
    void isPutAsideWithItsRecordAndTheRestIsPublished() {
        publish(BoundedSerializer.MAX_BYTES);
        assertThat(output()).hasSize(2);
        assertThat(letters()).isEmpty();

        publish(BoundedSerializer.MAX_BYTES + 1);

        assertThat(output())
                .singleElement()
                .satisfies(record -> assertThat(record.value()).hasSize(1));
        TestRecord<byte[], byte[]> letter =
                assertThat(letters()).singleElement().actual();
        assertThat(header(letter, "offset")).isEqualTo("1");
        assertThat(header(letter, "stage")).isEqualTo("write");
        assertThat(header(letter, "reason")).contains("A record for out would have 921601 bytes");
    }

    @Test
    void ofAPunctuationIsCountedAndThePartitionGoesOn() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        publish(1);

        assertThat(output()).hasSize(2);
        assertThat(letters()).isEmpty();
        assertThat(meters.counter("tidewatch.records.dropped", "application", "small", "topic", "", "stage", "write")
                        .count())
                .isEqualTo(2);
    }

    private void publish(int bytes) {
        driver.createInputTopic("in", new StringSerializer(), new StringSerializer())
                .pipeInput("key", Integer.toString(bytes));
    }

    private List<TestRecord<byte[], byte[]>> output() {
        return driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<TestRecord<byte[], byte[]>> letters() {
        return driver.createOutputTopic("dead", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static final class Growing extends ContextualProcessor<String, String, String, byte[]> {
        @Override
        public void init(ProcessorContext<String, byte[]> context) {
            super.init(context);
            context.schedule(
                    Duration.ofSeconds(1),
                    PunctuationType.WALL_CLOCK_TIME,
                    nowMs -> context.forward(new Record<>("", new byte[BoundedSerializer.MAX_BYTES + 1], nowMs)));
        }

        @Override
        public void process(Record<String, String> record) {
            context().forward(record.withValue(new byte[Integer.parseInt(record.value())]));
            context().forward(record.withValue(new byte[1]));
        }
    }
}
