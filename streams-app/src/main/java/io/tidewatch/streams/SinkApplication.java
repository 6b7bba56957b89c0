package io.tidewatch.streams;

import io.tidewatch.runtime.application.RunningApplication;
import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.sink.CassandraSink;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.topology.SinkTopology;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** The application {@code sink}: runs from when Cassandra is reachable for the first time. */
final class SinkApplication implements StreamsApplication {
    private final ProcessParts process;
    private final Quarantine quarantine;
    private final CassandraSink cassandra;
    private volatile @Nullable RunningApplication running;
    private boolean closing;

    SinkApplication(ProcessParts process) {
        this.process = process;
        this.quarantine = process.quarantine(Application.SINK);
        this.cassandra = new CassandraSink(
                process.config().cassandra(),
                process.config().tables(),
                process.topics(),
                process.described(Topic.ALARM_STATES).topicId(),
                process.config().sinkWritesInFlight(),
                quarantine,
                Duration.ofMillis(process.config().of(Application.SINK).recordTimeoutMs()),
                process.clock(),
                process.meters(),
                this::run);
    }

    @Override
    public void start() {
        cassandra.start();
    }

    @Override
    public Optional<String> deadBecause() {
        return cassandra
                .deadBecause()
                .or(() -> Optional.ofNullable(running).flatMap(RunningApplication::deadBecause))
                .or(quarantine::deadBecause);
    }

    @Override
    public Optional<String> unreadyBecause() {
        return cassandra
                .deadBecause()
                .or(cassandra::unreadyBecause)
                .or(() -> Optional.ofNullable(running).flatMap(RunningApplication::unreadyBecause));
    }

    @Override
    public synchronized void beginClose() {
        closing = true;
        cassandra.hurry();
        Optional.ofNullable(running).ifPresent(RunningApplication::beginClose);
    }

    @Override
    public void awaitClosed(Duration timeout) {
        Optional.ofNullable(running).ifPresent(application -> application.awaitClosed(timeout));
        cassandra.close();
        quarantine.close();
    }

    /** Called on Cassandra's thread, perhaps while the application is being closed. */
    private synchronized void run(Inserts inserts) {
        if (closing) {
            return;
        }
        Topology topology = new SinkTopology(
                        process.topics(),
                        quarantine.unblamed(process.registry()),
                        cassandra.barrier(),
                        process.meters(),
                        quarantine)
                .build(process.partitions(), inserts);
        KafkaStreams streams = new KafkaStreams(topology, process.properties(Application.SINK), cassandra.clients());
        RunningApplication started = process.running(Application.SINK, streams);
        running = started;
        started.start();
    }
}
