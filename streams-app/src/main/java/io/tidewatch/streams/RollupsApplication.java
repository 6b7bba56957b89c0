package io.tidewatch.streams;

import io.tidewatch.runtime.application.LagWatch;
import io.tidewatch.runtime.application.RunningApplication;
import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.runtime.quarantine.WatchedClients;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.topology.RollupTopology;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** The application {@code rollups}. */
final class RollupsApplication implements StreamsApplication {
    private final LagWatch lag;
    private final Quarantine quarantine;
    private final RunningApplication running;

    RollupsApplication(ProcessParts process) {
        this.lag = process.lagWatch(Application.ROLLUPS);
        this.quarantine = process.quarantine(Application.ROLLUPS);
        KafkaStreams streams = new KafkaStreams(
                RollupTopology.build(
                        process.topics(),
                        quarantine.unblamed(process.registry()),
                        process.partitions(),
                        process.config().rollupTimes(),
                        lag,
                        process.meters(),
                        quarantine),
                process.properties(Application.ROLLUPS),
                new WatchedClients(quarantine));
        this.running = process.running(Application.ROLLUPS, streams);
    }

    @Override
    public void start() {
        lag.start();
        running.start();
    }

    @Override
    public Optional<String> deadBecause() {
        return running.deadBecause().or(quarantine::deadBecause);
    }

    @Override
    public Optional<String> unreadyBecause() {
        return running.unreadyBecause();
    }

    @Override
    public void beginClose() {
        running.beginClose();
    }

    @Override
    public void awaitClosed(Duration timeout) {
        running.awaitClosed(timeout);
        lag.close();
        quarantine.close();
    }
}
