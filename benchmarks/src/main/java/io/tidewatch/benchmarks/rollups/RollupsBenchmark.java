package io.tidewatch.benchmarks.rollups;

import io.tidewatch.benchmarks.application.BareTopology;
import io.tidewatch.benchmarks.application.CommittedReader;
import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.application.StoredSizes;
import io.tidewatch.benchmarks.load.Backlog;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.benchmarks.throughput.BacklogThroughput;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import io.tidewatch.benchmarks.throughput.Throughput;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.Topology;

/**
 * How many results one thread of {@code rollups} works off in a second, beside a topology that only reads, stores and
 * passes on a few of the same.
 */
public final class RollupsBenchmark implements Benchmark {
    /** The bare topology passes on one of so many results. */
    private static final int RESULTS_A_MARK = 500;

    /**
     * The last result's time of day. So windows of all resolutions end on the way, and in every run the same ones: those of
     * a day too, once.
     */
    private static final Duration END_AFTER_MIDNIGHT = Duration.ofMinutes(41);

    private static final Duration LAST_ARRIVAL_WITHIN = Duration.ofMinutes(1);

    private final Clock clock;
    private final PrintStream progress;

    public RollupsBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        RollupsScale scale = RollupsScale.of(quick);
        Fleet fleet = Fleet.alike(scale.checks(), RESULTS_A_MARK);
        Backlog backlog = new Backlog(fleet, scale.results(), end());
        progress.println("benchmarks: starting broker and registry");
        try (BenchmarkKafka kafka = BenchmarkKafka.start()) {
            BacklogThroughput backlogThroughput = BacklogThroughput.of(kafka, backlog);
            progress.println("benchmarks: publishing " + scale.results() + " results");
            try (Producer<String, SpecificRecord> producer = kafka.producer()) {
                backlog.send(producer, kafka.settings().topics().of(Topic.CHECK_RESULTS));
            }
            Comparison comparison = Comparison.inTurns(
                    List.of(Contender.ROLLUPS, Contender.BARE),
                    scale.rounds(),
                    (contender, round) -> contender == Contender.ROLLUPS
                            ? rollups(backlogThroughput)
                            : backlogThroughput.byBare(contender.id(round), bare(kafka), Application.ROLLUPS),
                    progress);
            return new RollupsReport(scale, comparison, new ExpectedRollups(backlog).expected()).report();
        }
    }

    private Instant end() {
        Instant midnight = Resolution.MIN1440.windowStart(clock.instant().minus(END_AFTER_MIDNIGHT));
        return midnight.plus(END_AFTER_MIDNIGHT);
    }

    /** What is published is read, and compared with what must be, only when the time is taken. */
    private Comparison.Run rollups(BacklogThroughput backlogThroughput) {
        BenchmarkKafka kafka = backlogThroughput.kafka();
        String id = MeasuredApplication.id(kafka, Application.ROLLUPS);
        ExpectedRollups rollups = new ExpectedRollups(backlogThroughput.backlog());
        try (CommittedReader<MetricRollup> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        kafka.settings().topics().of(Topic.METRIC_ROLLUPS),
                        new AvroSerde<>(kafka.settings().registry(), MetricRollup.class).deserializer(),
                        (rollup, atNanos) -> rollups.arrived(rollup.key(), rollup.value()));
                MeasuredApplication app = new MeasuredApplication(kafka, Application.ROLLUPS, clock)) {
            app.start();
            Throughput throughput = backlogThroughput.by(id);
            reader.start();
            boolean unused = Await.isSoWithin(LAST_ARRIVAL_WITHIN, rollups::complete);
            return new Comparison.Run(throughput.perSecond(), throughput.cpuMicrosEach(), rollups.faults());
        } finally {
            kafka.forget(id);
        }
    }

    private static Topology bare(BenchmarkKafka kafka) {
        return BareTopology.keeping(
                List.of(kafka.settings().topics().of(Topic.CHECK_RESULTS)),
                BacklogThroughput.MARKED,
                StoredSizes.WINDOW_BYTES,
                false);
    }
}
