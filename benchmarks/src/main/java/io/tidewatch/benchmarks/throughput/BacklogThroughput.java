package io.tidewatch.benchmarks.throughput;

import io.tidewatch.benchmarks.application.BareApplication;
import io.tidewatch.benchmarks.application.CommittedReader;
import io.tidewatch.benchmarks.load.Backlog;
import io.tidewatch.benchmarks.load.EventMark;
import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/** Measures how fast a backlog is worked off. */
public record BacklogThroughput(BenchmarkKafka kafka, Backlog backlog) {
    /** Where bare topologies pass on what is marked. */
    public static final String MARKED = "benchmark.marked";

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration WORKED_OFF_WITHIN = Duration.ofMinutes(10);
    private static final Duration LAST_ARRIVAL_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** With the topic for what is marked. */
    public static BacklogThroughput of(BenchmarkKafka kafka, Backlog backlog) {
        kafka.createTopics(MARKED);
        return new BacklogThroughput(kafka, backlog);
    }

    /**
     * By an application that is at work, and that announced transitions come of.
     *
     * @throws IllegalStateException when it takes too long
     */
    public Comparison.Run by(String group, Transitions transitions) {
        Throughput throughput = by(group);
        boolean unused = Await.isSoWithin(LAST_ARRIVAL_WITHIN, transitions::complete);
        return new Comparison.Run(throughput.perSecond(), throughput.cpuMicrosEach(), transitions.faults());
    }

    /**
     * By an application that is at work.
     *
     * @throws IllegalStateException when it takes too long
     */
    public Throughput by(String group) {
        String topic = kafka.settings().topics().of(Topic.CHECK_RESULTS);
        return Throughput.watched(backlog.results(), LOOK_EVERY, WORKED_OFF_WITHIN, () -> look(group, topic));
    }

    /**
     * By a bare topology, which is started, and forgotten again.
     *
     * @param beside whose floor it is
     */
    public Comparison.Run byBare(String id, Topology topology, Application beside) {
        Transitions transitions = new Transitions();
        try (CommittedReader<byte[]> reader = new CommittedReader<>(
                        kafka.settings().client(),
                        MARKED,
                        new ByteArrayDeserializer(),
                        (passedOn, atNanos) -> transitions.arrived(EventMark.eventId(passedOn), atNanos));
                BareApplication bare = new BareApplication(id, topology, kafka, beside)) {
            backlog.announce(transitions);
            reader.start();
            bare.start(READY_WITHIN);
            return by(id, transitions);
        } finally {
            kafka.forget(id);
        }
    }

    private Throughput.Look look(String group, String topic) {
        return new Throughput.Look(kafka.committed(group, topic), System.nanoTime(), StreamThreads.cpuNanos(group));
    }
}
