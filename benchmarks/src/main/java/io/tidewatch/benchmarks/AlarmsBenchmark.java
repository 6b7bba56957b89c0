package io.tidewatch.benchmarks;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * How many results one thread of {@code alarms} works off in a second, beside topologies that only read, store and pass on
 * the same; and what an alarm costs on the heap.
 */
final class AlarmsBenchmark implements Benchmark {
    private static final String MARKED = "benchmark.marked";

    /** Of so many results one is a transition. */
    private static final int RESULTS_A_TRANSITION = 500;

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration WORKED_OFF_WITHIN = Duration.ofMinutes(10);
    private static final Duration LAST_ARRIVAL_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Clock clock;
    private final PrintStream progress;

    AlarmsBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        AlarmsScale scale = AlarmsScale.of(quick);
        Map<Contender, List<AlarmsReport.Run>> runs = throughput(scale);
        return new AlarmsReport(scale, runs, heap(scale.heapAlarms())).report();
    }

    private HeapPerAlarm.Measured heap(int alarms) {
        if (alarms == 0) {
            return new HeapPerAlarm.Measured(0, 0, 0, 0);
        }
        progress.println("benchmarks: measuring the heap");
        return new HeapPerAlarm(clock, progress).measure(alarms);
    }

    /** Round by round, so that what disturbs the machine for a while disturbs all. */
    private Map<Contender, List<AlarmsReport.Run>> throughput(AlarmsScale scale) {
        Map<Contender, List<AlarmsReport.Run>> runs = new LinkedHashMap<>();
        Fleet fleet = Fleet.alike(scale.checks(), RESULTS_A_TRANSITION);
        Backlog backlog = new Backlog(fleet, scale.results(), clock.instant());
        progress.println("benchmarks: starting broker and registry");
        try (BenchmarkKafka kafka = BenchmarkKafka.start()) {
            kafka.createTopics(MARKED);
            progress.println("benchmarks: publishing " + scale.results() + " results");
            publish(kafka, backlog);
            for (int round = 1; round <= scale.rounds(); round++) {
                for (Contender contender : Contender.values()) {
                    AlarmsReport.Run run = contender == Contender.ALARMS
                            ? alarms(kafka, backlog)
                            : bare(kafka, backlog, contender, round);
                    progress.printf(
                            "benchmarks: round %d, %s: %.0f results/s, %.2f us of CPU each%n",
                            round, contender, run.perSecond(), run.cpuMicros());
                    runs.computeIfAbsent(contender, first -> new ArrayList<>()).add(run);
                }
            }
        }
        return runs;
    }

    private static void publish(BenchmarkKafka kafka, Backlog backlog) {
        try (Producer<String, SpecificRecord> producer = kafka.producer()) {
            new PublishFleet(backlog.fleet(), kafka.settings().topics(), producer)
                    .configuration(0, backlog.fleet().checks(), backlog.configuredAt());
            backlog.send(producer, kafka.settings().topics().of(Topic.CHECK_RESULTS));
        }
    }

    private AlarmsReport.Run alarms(BenchmarkKafka kafka, Backlog backlog) {
        String id = AlarmsApplication.id(kafka);
        Transitions transitions = new Transitions();
        try (CommittedReader<AlertEvent> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        kafka.settings().topics().of(Topic.ALERT_EVENTS),
                        new AvroSerde<>(kafka.settings().registry(), AlertEvent.class).deserializer(),
                        (event, atNanos) -> transitions.arrived(event.value().getEventId(), atNanos));
                AlarmsApplication app = new AlarmsApplication(kafka, clock)) {
            backlog.announce(transitions);
            reader.start();
            app.start();
            return measure(kafka, id, backlog, transitions);
        } finally {
            kafka.forget(id);
        }
    }

    private static AlarmsReport.Run bare(BenchmarkKafka kafka, Backlog backlog, Contender contender, int round) {
        String id = "benchmark-" + contender.name().toLowerCase(Locale.ROOT) + "-" + round;
        Transitions transitions = new Transitions();
        Topology topology = BareTopology.keeping(
                kafka.settings().topics(),
                MARKED,
                StoredSizes.of(backlog.fleet().result(0, backlog.begin()), "al0"),
                contender == Contender.BARE_IN_MEMORY);
        try (CommittedReader<byte[]> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        MARKED,
                        new ByteArrayDeserializer(),
                        (passedOn, atNanos) -> transitions.arrived(SteadySender.mark(passedOn), atNanos));
                BareApplication bare = new BareApplication(id, topology, kafka)) {
            backlog.announce(transitions);
            reader.start();
            bare.start(READY_WITHIN);
            return measure(kafka, id, backlog, transitions);
        } finally {
            kafka.forget(id);
        }
    }

    private static AlarmsReport.Run measure(
            BenchmarkKafka kafka, String group, Backlog backlog, Transitions transitions) {
        String topic = kafka.settings().topics().of(Topic.CHECK_RESULTS);
        Throughput throughput = new Throughput(backlog.results());
        long deadline = System.nanoTime() + WORKED_OFF_WITHIN.toNanos();
        while (!throughput.saw(look(kafka, group, topic))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(group + " has not worked off the results in time");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        boolean unused = Await.isSoWithin(LAST_ARRIVAL_WITHIN, transitions::complete);
        return new AlarmsReport.Run(throughput.perSecond(), throughput.cpuMicrosEach(), transitions);
    }

    private static Throughput.Look look(BenchmarkKafka kafka, String group, String topic) {
        return new Throughput.Look(kafka.committed(group, topic), System.nanoTime(), StreamThreads.cpuNanos(group));
    }
}
