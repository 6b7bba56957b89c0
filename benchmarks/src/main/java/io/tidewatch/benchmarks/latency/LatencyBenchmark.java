package io.tidewatch.benchmarks.latency;

import io.tidewatch.benchmarks.application.BareApplication;
import io.tidewatch.benchmarks.application.BareTopology;
import io.tidewatch.benchmarks.application.CommittedReader;
import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.load.EventMark;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.load.PublishFleet;
import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * From the moment a deciding result is handed to the producer to the moment its event is read, committed, by a consumer:
 * through the application {@code alarms}, and, under the same load before it, through the floor.
 */
public final class LatencyBenchmark implements Benchmark {
    private static final String FLOOR_RESULTS = "benchmark.results";
    private static final String FLOOR_MARKED = "benchmark.marked";
    private static final int CHECKS = 1_000;

    /** A twentieth of all results decides: often enough to measure, seldom enough to be like a bad day. */
    private static final int RESULTS_A_TRANSITION = 20;

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration LAST_ARRIVAL_WITHIN = Duration.ofSeconds(30);

    /** Several commits long: an event that comes twice comes by then. */
    private static final Duration SURPLUS_WITHIN = Duration.ofSeconds(1);

    private final Clock clock;
    private final PrintStream progress;
    private final Fleet fleet = Fleet.alike(CHECKS, RESULTS_A_TRANSITION);

    public LatencyBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        LatencyScale scale = LatencyScale.of(quick);
        progress.println("benchmarks: starting broker and registry");
        try (BenchmarkKafka kafka = BenchmarkKafka.start();
                Producer<String, SpecificRecord> producer = kafka.producer()) {
            SteadySender sender = new SteadySender(producer, fleet, scale);
            progress.println("benchmarks: measuring the floor");
            LatencyReport.Run floor = floor(kafka, sender);
            progress.println("benchmarks: measuring alarms");
            new PublishFleet(fleet, kafka.settings().topics(), producer)
                    .configuration(0, fleet.checks(), clock.instant());
            LatencyReport.Run alarms = alarms(kafka, sender);
            return new LatencyReport(scale, fleet, alarms, floor).report();
        }
    }

    private LatencyReport.Run floor(BenchmarkKafka kafka, SteadySender sender) {
        kafka.createTopics(FLOOR_RESULTS, FLOOR_MARKED);
        Transitions transitions = new Transitions();
        try (BareApplication bare = new BareApplication(
                        "benchmark-floor",
                        BareTopology.stateless(FLOOR_RESULTS, FLOOR_MARKED),
                        kafka,
                        Application.ALARMS);
                CommittedReader<byte[]> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        FLOOR_MARKED,
                        new ByteArrayDeserializer(),
                        (passedOn, atNanos) -> transitions.arrived(EventMark.eventId(passedOn), atNanos))) {
            reader.start();
            bare.start(READY_WITHIN);
            return measure(sender, FLOOR_RESULTS, transitions);
        }
    }

    private LatencyReport.Run alarms(BenchmarkKafka kafka, SteadySender sender) {
        KafkaSettings settings = kafka.settings();
        Transitions transitions = new Transitions();
        try (MeasuredApplication app = new MeasuredApplication(kafka, Application.ALARMS, clock);
                CommittedReader<AlertEvent> reader = new CommittedReader<>(
                        settings.client(),
                        settings.topics().of(Topic.ALERT_EVENTS),
                        new AvroSerde<>(settings.registry(), AlertEvent.class).deserializer(),
                        (event, atNanos) -> transitions.arrived(event.value().getEventId(), atNanos))) {
            reader.start();
            app.start();
            app.awaitConfigurationTakenIn(fleet.checks(), READY_WITHIN);
            return measure(sender, settings.topics().of(Topic.CHECK_RESULTS), transitions);
        }
    }

    private LatencyReport.Run measure(SteadySender sender, String topic, Transitions transitions) {
        double resultsPerSecond = sender.send(topic, clock.instant(), transitions);
        boolean unused = Await.isSoWithin(LAST_ARRIVAL_WITHIN, transitions::complete);
        Await.pass(SURPLUS_WITHIN);
        return new LatencyReport.Run(resultsPerSecond, transitions);
    }
}
