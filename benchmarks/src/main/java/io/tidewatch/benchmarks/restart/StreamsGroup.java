package io.tidewatch.benchmarks.restart;

import io.tidewatch.benchmarks.application.CommittedReader;
import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.load.OngoingLoad;
import io.tidewatch.benchmarks.load.PublishFleet;
import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/** The streams processes that share many alarms, of which some flip all the time. One thread. */
final class StreamsGroup implements AutoCloseable {
    /** As many checks have results all the time; of the others each zone has observed once. */
    private static final int ACTIVE_CHECKS = 1_000;

    private static final int RESULTS_A_TRANSITION = 20;
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(3);

    /** An event is no older than this when nothing is in arrears. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Of a standby's copies together; the load adds some thousand a second. */
    private static final double STANDBY_LAG_RECORDS = 2_000;

    private final BenchmarkKafka kafka;
    private final RestartScale scale;
    private final Clock clock;
    private final Fleet fleet = Fleet.various(ACTIVE_CHECKS, RESULTS_A_TRANSITION);
    private final Transitions transitions = new Transitions();
    private final FirstTransitions firsts = new FirstTransitions();
    private final Redundancy redundancy;
    private final List<StreamsProcess> processes;

    StreamsGroup(BenchmarkKafka kafka, Redundancy redundancy, RestartScale scale, Clock clock) {
        this.kafka = kafka;
        this.scale = scale;
        this.clock = clock;
        this.redundancy = redundancy;
        this.processes = IntStream.range(0, redundancy.processes())
                .mapToObj(number -> new StreamsProcess(kafka, "streams-" + number, redundancy.standbys()))
                .toList();
    }

    /**
     * Starts the processes together, so that they share the tasks while there is nothing to restore; then come the
     * alarms.
     */
    void takeIn() {
        processes.forEach(StreamsProcess::start);
        processes.forEach(process -> process.awaitReady(READY_WITHIN));
        try (Producer<String, SpecificRecord> producer = kafka.producer()) {
            PublishFleet publish = new PublishFleet(fleet, kafka.settings().topics(), producer);
            publish.configuration(0, scale.alarms(), clock.instant());
            awaitTakenIn(Topic.CHECKS, scale.alarms());
            awaitTakenIn(Topic.ALARMS, scale.alarms());
            publish.observations(ACTIVE_CHECKS, scale.alarms(), clock.instant());
            awaitTakenIn(Topic.CHECK_RESULTS, (long) (scale.alarms() - ACTIVE_CHECKS) * fleet.zones());
        }
    }

    RestartReport.Measured killAgainAndAgain(PrintStream progress) {
        List<RestartReport.Kill> kills = new ArrayList<>();
        try (Producer<String, SpecificRecord> producer = kafka.producer();
                CommittedReader<AlertEvent> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        kafka.settings().topics().of(Topic.ALERT_EVENTS),
                        new AvroSerde<>(kafka.settings().registry(), AlertEvent.class).deserializer(),
                        this::arrived)) {
            reader.start();
            try (OngoingLoad load = new OngoingLoad(
                    producer,
                    kafka.settings().topics().of(Topic.CHECK_RESULTS),
                    fleet,
                    scale.resultsPerSecond(),
                    transitions,
                    clock)) {
                load.start();
                for (int round = 1; round <= scale.rounds(); round++) {
                    awaitCalm();
                    RestartReport.Kill kill = kill();
                    progress.printf("benchmarks: round %d, %s%n", round, RestartReport.line(redundancy, kill));
                    kills.add(kill);
                }
            }
            boolean unused = Await.isSoWithin(RECOVERED_WITHIN, transitions::complete);
        }
        return new RestartReport.Measured(kills, transitions);
    }

    @Override
    public void close() {
        processes.forEach(StreamsProcess::close);
    }

    private RestartReport.Kill kill() {
        StreamsProcess victim = processes.stream()
                .max(Comparator.comparingInt(process -> partitionsOf(process).size()))
                .orElseThrow();
        Set<Integer> orphaned = partitionsOf(victim);
        Instant killedAt = clock.instant();
        firsts.killed(killedAt, System.nanoTime());
        victim.kill();
        StreamsProcess heir = processes.stream()
                .filter(process -> process != victim)
                .findFirst()
                .orElse(victim);
        if (heir == victim) {
            victim.start();
        }
        boolean unused = Await.isSoWithin(RECOVERED_WITHIN, () -> firsts.hasEach(orphaned));
        RestartReport.Kill kill = new RestartReport.Kill(
                orphaned.size(),
                firsts.first(orphaned),
                firsts.onEach(orphaned),
                heir.recovery().since(killedAt));
        if (heir != victim) {
            victim.start();
        }
        return kill;
    }

    /** Nothing in arrears, every process there, every copy warm, and some time undisturbed. */
    private void awaitCalm() {
        processes.forEach(process -> process.awaitReady(READY_WITHIN));
        require(
                "catch up with the results",
                () -> firsts.newest().isAfter(clock.instant().minus(FRESH)));
        if (redundancy.standbys() > 0) {
            require(
                    "warm up the standby",
                    () -> processes.stream()
                            .allMatch(process -> process.standbyLag().orElse(Double.MAX_VALUE) < STANDBY_LAG_RECORDS));
        }
        Await.pass(scale.settle());
    }

    private static void require(String what, BooleanSupplier condition) {
        if (!Await.isSoWithin(RECOVERED_WITHIN, condition)) {
            throw new IllegalStateException("The processes did not " + what + " in time");
        }
    }

    private void arrived(ConsumerRecord<String, AlertEvent> record, long atNanos) {
        AlertEvent event = record.value();
        CheckPath path = new CheckPath(event.getTenantId(), event.getEntityId(), event.getCheckId());
        transitions.arrived(event.getEventId(), atNanos);
        firsts.arrived(path.partition(Topic.DEFAULT_PARTITIONS), event.getTimestamp(), atNanos);
    }

    private Set<Integer> partitionsOf(StreamsProcess process) {
        return kafka.assigned(
                MeasuredApplication.id(kafka, Application.ALARMS),
                process.clientId(),
                kafka.settings().topics().of(Topic.CHECK_RESULTS));
    }

    private void awaitTakenIn(Topic topic, long records) {
        String name = kafka.settings().topics().of(topic);
        require(
                "take in " + name,
                () -> kafka.committed(MeasuredApplication.id(kafka, Application.ALARMS), name) >= records);
    }
}
