package io.tidewatch.benchmarks.sink;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The results of some checks over a day: each every 30 seconds from each of three zones, all turns of one half-minute before
 * the next. No result shares a request with another, because the sink gets those of many series in between.
 *
 * @param begin the first result's time, give or take
 */
record MonitoredDay(int checks, Instant begin) implements SinkLoad<CheckResult> {
    static final List<String> ZONES = List.of("mzdfw", "mzord", "mzlon");

    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final long TURNS = Duration.ofDays(1).dividedBy(PERIOD);
    private static final long SEED = 20_260_101;

    @Override
    public String name() {
        return "results";
    }

    @Override
    public Topic topic() {
        return Topic.CHECK_RESULTS;
    }

    @Override
    public List<String> tables() {
        return List.of(CassandraSchema.RESULTS);
    }

    @Override
    public Insert<CheckResult> insert(Inserts inserts) {
        return inserts.results();
    }

    @Override
    public CheckPath check(CheckResult result) {
        return CheckPath.of(result);
    }

    @Override
    public String key(CheckResult result) {
        return check(result).toString();
    }

    @Override
    public void forEachBatch(Consumer<List<CheckResult>> action) {
        forEach(result -> action.accept(List.of(result)));
    }

    void forEach(Consumer<CheckResult> action) {
        Random random = new Random(SEED);
        List<MonitoredSeries> series = new ArrayList<>();
        for (int check = 0; check < checks; check++) {
            for (String zone : ZONES) {
                series.add(new MonitoredSeries(check, zone, random));
            }
        }
        for (long turn = 0; turn < TURNS; turn++) {
            Instant due = begin.plus(PERIOD.multipliedBy(turn));
            for (int index = 0; index < series.size(); index++) {
                action.accept(series.get(index)
                        .observe(due.plus(PERIOD.multipliedBy(index).dividedBy(series.size()))));
            }
        }
    }

    long metricPoints() {
        long[] points = {0};
        forEach(result -> points[0] += result.getMetrics().size());
        return points[0];
    }
}
