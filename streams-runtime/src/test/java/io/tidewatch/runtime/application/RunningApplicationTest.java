package io.tidewatch.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without Kafka, which nothing here needs: a stream thread works, or dies, before it hears of any broker. */
final class RunningApplicationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOBODY = "127.0.0.1:1";

    private final DyingConsumers consumers = new DyingConsumers();
    private final RunningApplication application;

    RunningApplicationTest(@TempDir Path stateDir) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "copy");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, NOBODY);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        Topology topology = new Topology();
        topology.addSource(
                "read", Serdes.String().deserializer(), Serdes.String().deserializer(), "in");
        topology.addSink(
                "write", "out", Serdes.String().serializer(), Serdes.String().serializer(), "read");
        KafkaSettings kafka = new KafkaSettings(NOBODY, "http://" + NOBODY, TopicNames.withDefaultPrefix());
        application = new RunningApplication(
                new ApplicationSettings("copy", "copy", kafka, new RuntimeSettings(stateDir, 1, 0, 6000), 1, 100, 6000),
                new KafkaStreams(topology, properties, consumers),
                new SimpleMeterRegistry(),
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        application.beginClose();
        application.awaitClosed(Duration.ofSeconds(5));
    }

    @Test
    void livesWhileAThreadThatDiedIsReplaced() {
        consumers.dying = 1;

        application.start();

        await().atMost(PATIENCE).until(() -> consumers.made.get() == 2);
        assertThat(application.deadBecause()).isEmpty();
    }

    @Test
    void isDeadWhenAThreadThatDiedCanNotBeReplaced() {
        consumers.dying = 1;
        consumers.refusing = true;

        application.start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(application.deadBecause())
                        .contains("the application copy has lost 1 of 1 threads for good"));
    }

    @Test
    void canNotBeStartedOnceItIsClosed() {
        application.beginClose();

        assertThatThrownBy(application::start).isInstanceOf(IllegalStateException.class);
    }

    /** Makes consumers of which the first die, and then makes no more. */
    private static final class DyingConsumers extends DefaultKafkaClientSupplier {
        private final AtomicInteger made = new AtomicInteger();
        private volatile int dying;
        private volatile boolean refusing;

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            int number = made.incrementAndGet();
            if (refusing && number > 1) {
                throw new KafkaException("no broker's name can be resolved");
            }
            return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
                @Override
                public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                    if (number <= dying) {
                        throw new IllegalStateException("this thread dies");
                    }
                    return super.poll(timeout);
                }
            };
        }
    }
}
