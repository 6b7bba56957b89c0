package io.tidewatch.benchmarks.alarms;

import io.tidewatch.benchmarks.application.BareTopology;
import io.tidewatch.benchmarks.application.CommittedReader;
import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.application.StoredSizes;
import io.tidewatch.benchmarks.load.Backlog;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.load.PublishFleet;
import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.benchmarks.throughput.BacklogThroughput;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.Topology;

/**
 * How many results one thread of {@code alarms} works off in a second, beside topologies that only read, store and pass on
 * the same; and what an alarm costs on the heap.
 */
public final class AlarmsBenchmark implements Benchmark {
    /** Of so many results one is a transition. */
    private static final int RESULTS_A_TRANSITION = 500;

    private final Clock clock;
    private final PrintStream progress;

    public AlarmsBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        AlarmsScale scale = AlarmsScale.of(quick);
        Comparison comparison = throughput(scale);
        return new AlarmsReport(scale, comparison, heap(scale.heapAlarms())).report();
    }

    private HeapPerAlarm.Measured heap(int alarms) {
        if (alarms == 0) {
            return new HeapPerAlarm.Measured(0, 0, 0, 0);
        }
        progress.println("benchmarks: measuring the heap");
        return new HeapPerAlarm(clock, progress).measure(alarms);
    }

    private Comparison throughput(AlarmsScale scale) {
        Fleet fleet = Fleet.alike(scale.checks(), RESULTS_A_TRANSITION);
        Backlog backlog = new Backlog(fleet, scale.results(), clock.instant());
        progress.println("benchmarks: starting broker and registry");
        try (BenchmarkKafka kafka = BenchmarkKafka.start()) {
            BacklogThroughput throughput = BacklogThroughput.of(kafka, backlog);
            progress.println("benchmarks: publishing " + scale.results() + " results");
            publish(kafka, backlog);
            return Comparison.inTurns(
                    List.of(Contender.ALARMS, Contender.BARE, Contender.BARE_IN_MEMORY),
                    scale.rounds(),
                    (contender, round) -> contender == Contender.ALARMS
                            ? alarms(throughput)
                            : throughput.byBare(
                                    contender.id(round), bare(kafka, backlog, contender), Application.ALARMS),
                    progress);
        }
    }

    private static void publish(BenchmarkKafka kafka, Backlog backlog) {
        try (Producer<String, SpecificRecord> producer = kafka.producer()) {
            new PublishFleet(backlog.fleet(), kafka.settings().topics(), producer)
                    .configuration(0, backlog.fleet().checks(), backlog.configuredAt());
            backlog.send(producer, kafka.settings().topics().of(Topic.CHECK_RESULTS));
        }
    }

    private Comparison.Run alarms(BacklogThroughput throughput) {
        BenchmarkKafka kafka = throughput.kafka();
        String id = MeasuredApplication.id(kafka, Application.ALARMS);
        Transitions transitions = new Transitions();
        try (CommittedReader<AlertEvent> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        kafka.settings().topics().of(Topic.ALERT_EVENTS),
                        new AvroSerde<>(kafka.settings().registry(), AlertEvent.class).deserializer(),
                        (event, atNanos) -> transitions.arrived(event.value().getEventId(), atNanos));
                MeasuredApplication app = new MeasuredApplication(kafka, Application.ALARMS, clock)) {
            throughput.backlog().announce(transitions);
            reader.start();
            app.start();
            return throughput.by(id, transitions);
        } finally {
            kafka.forget(id);
        }
    }

    private static Topology bare(BenchmarkKafka kafka, Backlog backlog, Contender contender) {
        TopicNames topics = kafka.settings().topics();
        return BareTopology.keeping(
                List.of(topics.of(Topic.CHECK_RESULTS), topics.of(Topic.CHECKS), topics.of(Topic.ALARMS)),
                BacklogThroughput.MARKED,
                StoredSizes.of(backlog.fleet().result(0, backlog.begin()), "al0")
                        .zoneMemoryBytes(),
                contender == Contender.BARE_IN_MEMORY);
    }
}
