package io.tidewatch.benchmarks.alarms;

import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.load.PublishFleet;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * What an alarm costs on the heap: what is alive in the process of {@code alarms} with many alarms, without what is alive
 * with few that have had as many results, so that buffers of Kafka's clients, which grow with the load, are not counted.
 */
final class HeapPerAlarm {
    private static final int FEW = 1_000;
    private static final int CLASSES_SHOWN = 15;
    private static final Duration TAKEN_IN_WITHIN = Duration.ofMinutes(5);

    private final Clock clock;
    private final PrintStream progress;

    /**
     * Live bytes.
     *
     * @param atFirst before there is any alarm
     * @param withFew with {@value #FEW} alarms of all shapes, after as many results as the many get
     * @param withMany with {@code alarms} more
     */
    record Measured(int alarms, long atFirst, long withFew, long withMany) {
        double bytesPerAlarm() {
            return (withMany - withFew) / (double) alarms;
        }
    }

    HeapPerAlarm(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /** On servers of its own: compiled shapes and stores are those of these alarms alone. */
    Measured measure(int alarms) {
        Fleet fleet = Fleet.various(FEW + alarms, 1);
        try (BenchmarkKafka kafka = BenchmarkKafka.start();
                MeasuredApplication app = new MeasuredApplication(kafka, Application.ALARMS, clock)) {
            app.start();
            long atFirst = ClassHistogram.ofThisProcess().bytes();
            ClassHistogram few = withFew(kafka, app, fleet);
            ClassHistogram many = withMany(kafka, app, fleet);
            progress.println("benchmarks: where the heap of an alarm goes, for each alarm");
            many.since(few).top(CLASSES_SHOWN, alarms).forEach(progress::println);
            return new Measured(alarms, atFirst, few.bytes(), many.bytes());
        }
    }

    private ClassHistogram withFew(BenchmarkKafka kafka, MeasuredApplication app, Fleet fleet) {
        try (Producer<String, SpecificRecord> producer = kafka.producer()) {
            PublishFleet publish = new PublishFleet(fleet, kafka.settings().topics(), producer);
            Instant now = clock.instant();
            publish.configuration(0, FEW, now);
            app.awaitConfigurationTakenIn(FEW, TAKEN_IN_WITHIN);
            for (int round = 0; round < roundsOfFew(fleet); round++) {
                publish.observations(0, FEW, now.plusMillis(round));
            }
        }
        app.awaitTakenIn(Topic.CHECK_RESULTS, resultsOfFew(fleet), TAKEN_IN_WITHIN);
        return ClassHistogram.ofThisProcess();
    }

    private ClassHistogram withMany(BenchmarkKafka kafka, MeasuredApplication app, Fleet fleet) {
        try (Producer<String, SpecificRecord> producer = kafka.producer()) {
            PublishFleet publish = new PublishFleet(fleet, kafka.settings().topics(), producer);
            publish.configuration(FEW, fleet.checks(), clock.instant());
            app.awaitConfigurationTakenIn(fleet.checks(), TAKEN_IN_WITHIN);
            publish.observations(FEW, fleet.checks(), clock.instant());
        }
        long results = resultsOfFew(fleet) + (long) (fleet.checks() - FEW) * fleet.zones();
        app.awaitTakenIn(Topic.CHECK_RESULTS, results, TAKEN_IN_WITHIN);
        return ClassHistogram.ofThisProcess();
    }

    private static int roundsOfFew(Fleet fleet) {
        return (fleet.checks() - FEW) / FEW;
    }

    private static long resultsOfFew(Fleet fleet) {
        return (long) roundsOfFew(fleet) * FEW * fleet.zones();
    }
}
