package io.tidewatch.benchmarks.sink;

import io.tidewatch.benchmarks.application.BareDriver;
import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.servers.BenchmarkCassandra;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.benchmarks.throughput.Comparison;
import io.tidewatch.benchmarks.throughput.Contender;
import io.tidewatch.benchmarks.throughput.ProcessCpu;
import io.tidewatch.benchmarks.throughput.Throughput;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Has the sink and the bare driver write the same rows into the same empty tables, one after the other. One thread.
 *
 * @param <V> the records that rows are made of
 */
final class SinkContest<V extends SpecificRecord> {
    private static final Duration WORKED_OFF_WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final BenchmarkKafka kafka;
    private final BenchmarkCassandra cassandra;
    private final SinkLoad<V> load;
    private final Clock clock;
    private long rows;
    private long batches;
    private double sinkRowsARequest;

    SinkContest(BenchmarkKafka kafka, BenchmarkCassandra cassandra, SinkLoad<V> load, Clock clock) {
        this.kafka = kafka;
        this.cassandra = cassandra;
        this.load = load;
        this.clock = clock;
    }

    /** Returns when Kafka has all records, and the sink could begin. */
    void publish() {
        String topic = kafka.settings().topics().of(load.topic());
        CompletableFuture<Void> failure = new CompletableFuture<>();
        try (Producer<String, SpecificRecord> producer = kafka.producer()) {
            load.forEachBatch(batch -> {
                batches++;
                rows += batch.size();
                for (V value : batch) {
                    int partition = load.check(value).partition(Topic.DEFAULT_PARTITIONS);
                    var unused = producer.send(
                            new ProducerRecord<>(topic, partition, load.key(value), value), (place, refusal) -> {
                                if (refusal != null) {
                                    failure.completeExceptionally(refusal);
                                }
                            });
                }
            });
        }
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
    }

    /** Of the tables, when one contender has written all there is. */
    Comparison.Run by(Contender contender) {
        cassandra.truncate(load.tables());
        Throughput throughput = contender == Contender.SINK ? bySink() : byBareDriver();
        long found = cassandra.count(load.tables());
        return new Comparison.Run(
                throughput.perSecond(),
                throughput.cpuMicrosEach(),
                found == rows
                        ? List.of()
                        : List.of(String.format(
                                "%d rows of %s were written, but %d are there", rows, load.name(), found)));
    }

    long rows() {
        return rows;
    }

    double sinkRowsARequest() {
        return sinkRowsARequest;
    }

    double bareRowsARequest() {
        return (double) rows / batches;
    }

    /** Of the tables of the last round. */
    long compactedBytes() {
        return load.tables().stream().mapToLong(cassandra::compactedBytes).sum();
    }

    private Throughput bySink() {
        String id = MeasuredApplication.id(kafka, Application.SINK);
        String topic = kafka.settings().topics().of(load.topic());
        System.gc();
        try (MeasuredApplication sink = new MeasuredApplication(kafka, Application.SINK, cassandra.settings(), clock)) {
            sink.start();
            Throughput throughput = watched(() -> kafka.committed(id, topic));
            ScrapedMetrics metrics = ScrapedMetrics.of(sink.operationsPort());
            sinkRowsARequest =
                    metrics.sum("tidewatch_sink_rows_written_total") / metrics.sum("tidewatch_sink_batches_total");
            return throughput;
        } finally {
            kafka.forget(id);
        }
    }

    private Throughput byBareDriver() {
        List<List<V>> prepared = new ArrayList<>((int) batches);
        load.forEachBatch(prepared::add);
        StreamsAppConfig config =
                StreamsAppConfig.from(MeasuredApplication.settings(kafka, Application.SINK, cassandra.settings()));
        System.gc();
        try (BareDriver driver = new BareDriver(config, clock)) {
            Insert<V> insert = load.insert(driver.connect());
            driver.start(insert, prepared);
            return watched(driver::acknowledged);
        }
    }

    private Throughput watched(LongSupplier done) {
        return Throughput.watched(
                rows,
                LOOK_EVERY,
                WORKED_OFF_WITHIN,
                () -> new Throughput.Look(done.getAsLong(), System.nanoTime(), ProcessCpu.nanos()));
    }
}
