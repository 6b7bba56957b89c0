package io.tidewatch.benchmarks.sink;

import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.servers.BenchmarkCassandra;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.TableSettings;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * How many rows one thread of {@code sink} writes in a second, beside the bare driver with the same rows; and what they take
 * on the disk. Results and rollups are measured apart, on servers of their own.
 */
public final class SinkBenchmark implements Benchmark {
    private final Clock clock;
    private final PrintStream progress;

    public SinkBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        SinkScale scale = SinkScale.of(quick);
        Instant today = Resolution.MIN1440.windowStart(clock.instant());
        MonitoredDay day = new MonitoredDay(scale.checks(), today.minus(Resolution.MIN1440.length()));
        return new SinkReport(scale, measured(day, scale), measured(new RolledUpDay(day), scale), day.metricPoints())
                .report();
    }

    private <V extends SpecificRecord> SinkReport.Measured measured(SinkLoad<V> load, SinkScale scale) {
        progress.println("benchmarks: starting broker, registry and cassandra");
        TableSettings tables = TableSettings.defaults();
        try (BenchmarkKafka kafka = BenchmarkKafka.start();
                BenchmarkCassandra cassandra = BenchmarkCassandra.start(tables)) {
            SinkContest<V> contest = new SinkContest<>(kafka, cassandra, load, clock);
            progress.println("benchmarks: publishing " + load.name());
            contest.publish();
            List<Contender> contenders = List.of(Contender.SINK, Contender.BARE_DRIVER);
            progress.println("benchmarks: warming up");
            contenders.forEach(contest::by);
            Comparison comparison = Comparison.inTurns(
                    contenders, scale.rounds(), (contender, round) -> contest.by(contender), progress);
            return new SinkReport.Measured(
                    load.name(),
                    contest.rows(),
                    comparison,
                    contest.sinkRowsARequest(),
                    contest.bareRowsARequest(),
                    contest.compactedBytes());
        }
    }
}
