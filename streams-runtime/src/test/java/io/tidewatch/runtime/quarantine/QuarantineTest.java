package io.tidewatch.runtime.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.DeadLetters;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.NoOpProcessorWrapper;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of a small application at its first record, again and again, as after restarts. */
final class QuarantineTest {
    private static final TopicPartition PARTITION = new TopicPartition("in", 0);
    private static final int LIMIT_TICKS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryLedger ledger = new MemoryLedger();
    private final AtomicInteger processed = new AtomicInteger();
    private Quarantine quarantine = process();
    private Consumer<Record<String, String>> processing = record -> {};

    @AfterEach
    void close() {
        quarantine.close();
    }

    @Test
    void aRecordThatEndsItsThreadTwiceIsPutAsideTheThirdTime() {
        processing = record -> {
            throw new AssertionError("no");
        };

        assertThatThrownBy(this::play).isInstanceOf(AssertionError.class);
        assertThatThrownBy(this::play).isInstanceOf(AssertionError.class);
        TestRecord<byte[], byte[]> letter = assertThat(play()).singleElement().actual();

        assertThat(header(letter, "stage")).isEqualTo("inner");
        assertThat(header(letter, "reason"))
                .isEqualTo("The record made its task fail 2 times in a row, and is not processed: it ended its thread:"
                        + " java.lang.AssertionError: no");
        assertThat(processed).hasValue(2);
        assertThat(failures("error")).isEqualTo(2);
    }

    @Test
    void theCountOutlivesTheProcess() {
        processing = record -> {
            throw new StackOverflowError();
        };
        assertThatThrownBy(this::play).isInstanceOf(StackOverflowError.class);
        restart();
        assertThatThrownBy(this::play).isInstanceOf(StackOverflowError.class);
        restart();

        assertThat(play()).hasSize(1);
        assertThat(processed).hasValue(2);
    }

    @Test
    void aMachineThatIsShortOfMemoryIsNoRecordsFault() {
        processing = record -> {
            throw new OutOfMemoryError();
        };

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::play).isInstanceOf(OutOfMemoryError.class);
        }
        assertThat(ledger.failures).isEmpty();
    }

    @Test
    void aRecordIsSlowBeyondTheLimitAndNotAtIt() {
        processing = record -> tick(LIMIT_TICKS);
        play();
        assertThat(failures("slow")).isZero();

        processing = record -> tick(LIMIT_TICKS + 10);
        play();
        assertThat(failures("slow")).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> ledger.failures.containsKey(PARTITION));
        assertThat(ledger.failures.get(PARTITION).what()).isEqualTo("took longer than 3000 ms");
        assertThat(ledger.failures.get(PARTITION).stage()).isEqualTo("inner");
    }

    @Test
    void aSlowRecordThatIsCommittedIsForgotten() {
        processing = record -> tick(LIMIT_TICKS + 1);
        play();

        quarantine.committed(Map.of(PARTITION, new OffsetAndMetadata(0)));
        play();
        assertThat(play()).hasSize(1);

        quarantine.committed(Map.of(PARTITION, new OffsetAndMetadata(1)));
        assertThat(play()).isEmpty();
        await().atMost(PATIENCE)
                .until(() -> ledger.failures.containsKey(PARTITION)
                        && ledger.failures.get(PARTITION).count() == 1);
    }

    @Test
    void waitsForKafkaAndTheRegistryAreNoRecordsTime() {
        processing = record -> {
            tick(LIMIT_TICKS);
            Watch watch = quarantine.watchOfThisThread();
            watch.pause();
            tick(LIMIT_TICKS);
            watch.resume();
        };

        play();

        assertThat(failures("slow")).isZero();
    }

    @Test
    void saysThatTheProcessIsDeadWhenARecordHangsForGood() {
        List<Boolean> dead = new ArrayList<>();
        processing = record -> {
            tick(3 * LIMIT_TICKS);
            dead.add(quarantine.deadBecause().isPresent());
            tick(1);
            dead.add(quarantine.deadBecause().isPresent());
        };

        play();

        assertThat(dead).containsExactly(false, true);
        assertThat(quarantine.deadBecause()).isEmpty();
        assertThat(failures("slow")).as("counted once").isEqualTo(1);
    }

    @Test
    void blamesTheSlowestRecordOfATransactionThatTookTooLong() {
        Watch watch = quarantine.watchOfThisThread();
        watch.transactionBegan();
        processing = record -> tick(LIMIT_TICKS);
        play();

        quarantine.transactionAborted();

        assertThat(ledger.failures.get(PARTITION).what())
                .isEqualTo("took the most of a transaction that lasted longer than 3000 ms");
        assertThatThrownBy(watch::requireThreadMayGoOn).isInstanceOf(OverdueTransactionException.class);
        watch.requireThreadMayGoOn();
    }

    @Test
    void blamesNoRecordOfWhichSeveralFitInATransaction() {
        Watch watch = quarantine.watchOfThisThread();
        watch.transactionBegan();
        processing = record -> tick(LIMIT_TICKS / 2 - 1);
        for (int i = 0; i < 3; i++) {
            play();
        }

        quarantine.transactionAborted();

        assertThat(ledger.failures).isEmpty();
        assertThatThrownBy(watch::requireThreadMayGoOn).isInstanceOf(OverdueTransactionException.class);
    }

    @Test
    void letsAThreadGoOnWhoseTransactionWasAbortedInTime() {
        Watch watch = quarantine.watchOfThisThread();
        watch.transactionBegan();
        processing = record -> tick(LIMIT_TICKS - 1);
        play();

        quarantine.transactionAborted();

        watch.requireThreadMayGoOn();
        assertThat(ledger.failures).isEmpty();
    }

    @Test
    void aRecordOfATopicMadeAnewIsNotTakenForTheOneBeforeIt() {
        ledger.failures.put(PARTITION, new Failure(0, 4711, "inner", 2, "ended its thread"));

        assertThat(play()).isEmpty();
    }

    @Test
    void ledgersTextIsReadAsItWasWritten() {
        Failure failure = new Failure(7, -1, "evaluate-alarms", 2, "ended its thread: a=b\nc");

        assertThat(Failure.of(failure.toOffset())).contains(failure);
        assertThat(Failure.of(new OffsetAndMetadata(7, "somebody's own"))).isEmpty();
        assertThat(new Failure(7, 1, "s", 1, "é".repeat(5000))
                        .toOffset()
                        .metadata()
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(4096);
    }

    private void restart() {
        quarantine.close();
        quarantine = process();
    }

    private Quarantine process() {
        return new Quarantine(
                "small",
                Duration.ofMillis(100L * LIMIT_TICKS),
                new Failures("small", ledger, meters),
                new NoOpProcessorWrapper());
    }

    private void tick(int ticks) {
        for (int i = 0; i < ticks; i++) {
            quarantine.tick();
        }
    }

    private double failures(String reason) {
        return meters.counter("tidewatch.record.failures", "application", "small", "reason", reason)
                .count();
    }

    /** Has the record processed by a new task. Returns the dead letters. */
    private List<TestRecord<byte[], byte[]>> play() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "small");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.putAll(DeadLetters.properties("small", "dead", ReportedElsewhere.NOTHING, meters));
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), properties)) {
            driver.createInputTopic("in", new StringSerializer(), new StringSerializer())
                    .pipeInput("key", "value", Instant.ofEpochMilli(1));
            return driver.createOutputTopic("dead", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
        }
    }

    private Topology topology() {
        Topology topology = new Topology();
        topology.addSource("read", new StringDeserializer(), new StringDeserializer(), "in");
        topology.addProcessor("outer", quarantine.around("outer", Passing::new), "read");
        topology.addProcessor("inner", quarantine.around("inner", Processing::new), "outer");
        topology.addSink(
                "write", "out", Serdes.String().serializer(), Serdes.String().serializer(), "inner");
        return topology;
    }

    private static final class Passing extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            context().forward(record);
        }
    }

    private final class Processing extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            processed.incrementAndGet();
            processing.accept(record);
        }
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
