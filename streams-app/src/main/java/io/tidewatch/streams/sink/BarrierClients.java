package io.tidewatch.streams.sink;

import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.runtime.quarantine.WatchedClients;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The Kafka clients of the sink: those of any application, but for a {@link BarrierConsumer} as the main consumer of each
 * thread. Kafka Streams calls it while it makes threads.
 */
public final class BarrierClients implements KafkaClientSupplier {
    /** A few round trips to a healthy Cassandra; with one that is away, the next try comes as soon as this is over. */
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(10);

    /** A thread that waits for a commit does not poll, and more than one commit may come between two polls. */
    private static final int COMMITS_A_POLL = 3;

    /** What Cassandra does not acknowledge by then is read again after the restart. */
    private static final Duration LAST_COMMIT_PATIENCE = Duration.ofSeconds(1);

    private final WriteBarrier barrier;
    private final Quarantine quarantine;
    private final KafkaClientSupplier others;
    private volatile Duration commitPatience;

    /** @param pollTimeout after which a thread that has not polled loses its partitions */
    public BarrierClients(WriteBarrier barrier, Quarantine quarantine, Duration pollTimeout) {
        this.barrier = barrier;
        this.quarantine = quarantine;
        this.others = new WatchedClients(quarantine);
        Duration part = pollTimeout.dividedBy(COMMITS_A_POLL);
        this.commitPatience = part.compareTo(COMMIT_PATIENCE) < 0 ? part : COMMIT_PATIENCE;
    }

    /** Lets the last commits, on closing, wait for a moment only. */
    public void hurry() {
        commitPatience = LAST_COMMIT_PATIENCE;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new BarrierConsumer(config, barrier, () -> commitPatience, quarantine::committed);
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return others.getAdmin(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return others.getProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return others.getRestoreConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return others.getGlobalConsumer(config);
    }
}
