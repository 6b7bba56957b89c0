package io.tidewatch.benchmarks;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * From the moment a deciding result is handed to the producer to the moment its event is read, committed, by a consumer:
 * through the application {@code alarms}, and, under the same load before it, through the floor.
 */
final class LatencyBenchmark implements Benchmark {
    private static final String FLOOR_RESULTS = "benchmark.results";
    private static final String FLOOR_MARKED = "benchmark.marked";
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration LAST_ARRIVAL_WITHIN = Duration.ofSeconds(30);

    /** Several commits long: an event that comes twice comes by then. */
    private static final Duration SURPLUS_WITHIN = Duration.ofSeconds(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Clock clock;
    private final PrintStream progress;
    private final Fleet fleet = new Fleet();

    LatencyBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        Load load = quick ? Load.QUICK : Load.FULL;
        progress.println("benchmarks: starting broker and registry");
        try (BenchmarkKafka kafka = BenchmarkKafka.start();
                Producer<String, SpecificRecord> producer = kafka.producer()) {
            SteadySender sender = new SteadySender(producer, fleet, load);
            progress.println("benchmarks: measuring the floor");
            LatencyReport.Run floor = floor(kafka, sender);
            progress.println("benchmarks: measuring alarms");
            publishConfiguration(kafka, producer);
            LatencyReport.Run alarms = alarms(kafka, sender);
            return new LatencyReport(load, fleet, alarms, floor).report();
        }
    }

    private LatencyReport.Run floor(BenchmarkKafka kafka, SteadySender sender) {
        kafka.createTopics(FLOOR_RESULTS, FLOOR_MARKED);
        try (BareApplication bare = new BareApplication(FLOOR_RESULTS, FLOOR_MARKED, bareProperties(kafka));
                CommittedReader<byte[]> reader = new CommittedReader<>(
                        kafka.settings().client(), FLOOR_MARKED, new ByteArrayDeserializer(), LatencyBenchmark::mark)) {
            bare.start(READY_WITHIN);
            return measure(sender, FLOOR_RESULTS, reader.transitions());
        }
    }

    private LatencyReport.Run alarms(BenchmarkKafka kafka, SteadySender sender) {
        KafkaSettings settings = kafka.settings();
        try (StreamsApp app = new StreamsApp(alarmSettings(kafka), clock);
                CommittedReader<AlertEvent> reader = new CommittedReader<>(
                        settings.client(),
                        settings.topics().of(Topic.ALERT_EVENTS),
                        new AvroSerde<>(settings.registry(), AlertEvent.class).deserializer(),
                        event -> event.value().getEventId())) {
            app.start();
            app.awaitReady(READY_WITHIN);
            awaitConfigurationTakenIn(kafka);
            return measure(sender, settings.topics().of(Topic.CHECK_RESULTS), reader.transitions());
        }
    }

    private LatencyReport.Run measure(SteadySender sender, String topic, Transitions transitions) {
        double resultsPerSecond = sender.send(topic, clock.instant(), transitions);
        boolean unused = isSoWithin(LAST_ARRIVAL_WITHIN, transitions::complete);
        LockSupport.parkNanos(SURPLUS_WITHIN.toNanos());
        return new LatencyReport.Run(resultsPerSecond, transitions);
    }

    private void publishConfiguration(BenchmarkKafka kafka, Producer<String, SpecificRecord> producer) {
        String checks = kafka.settings().topics().of(Topic.CHECKS);
        String alarms = kafka.settings().topics().of(Topic.ALARMS);
        Instant now = clock.instant();
        for (int check = 0; check < fleet.checks(); check++) {
            int partition = fleet.path(check).partition(Topic.DEFAULT_PARTITIONS);
            var unusedCheck = producer.send(
                    new ProducerRecord<>(checks, partition, fleet.path(check).toString(), fleet.check(check, now)));
            var unusedAlarm = producer.send(
                    new ProducerRecord<>(alarms, partition, fleet.alarmKey(check), fleet.alarm(check, now)));
        }
        producer.flush();
    }

    /** A result that is evaluated before its alarm is known would decide nothing. */
    private void awaitConfigurationTakenIn(BenchmarkKafka kafka) {
        String group = StreamsAppConfig.from(alarmSettings(kafka)).applicationId(Application.ALARMS);
        BooleanSupplier takenIn =
                () -> kafka.committed(group, kafka.settings().topics().of(Topic.CHECKS)) == fleet.checks()
                        && kafka.committed(group, kafka.settings().topics().of(Topic.ALARMS)) == fleet.checks();
        if (!isSoWithin(READY_WITHIN, takenIn)) {
            throw new IllegalStateException("The alarms were not taken in within " + READY_WITHIN.toSeconds() + " s");
        }
    }

    private static Settings alarmSettings(BenchmarkKafka kafka) {
        return Settings.of(
                StreamsAppConfig.definition(),
                Map.of(
                        KafkaSettings.BOOTSTRAP_SERVERS, kafka.settings().bootstrapServers(),
                        KafkaSettings.REGISTRY_URL, kafka.settings().registryUrl(),
                        StreamsAppConfig.APPLICATIONS, Application.ALARMS.label(),
                        StreamsAppConfig.STATE_DIR, kafka.state().toString()));
    }

    /** What decides about latency is as {@code alarms} has it. */
    private static Properties bareProperties(BenchmarkKafka kafka) {
        Settings alarms = alarmSettings(kafka);
        Properties properties = new Properties();
        properties.putAll(kafka.settings().client());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "benchmark-floor");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, kafka.state().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, alarms.getInt(Application.ALARMS.commitIntervalKey()));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, alarms.getInt(Application.ALARMS.threadsKey()));
        return properties;
    }

    private static String mark(ConsumerRecord<String, byte[]> passedOn) {
        return new String(passedOn.headers().lastHeader(SteadySender.MARK).value(), StandardCharsets.UTF_8);
    }

    private static boolean isSoWithin(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }
}
