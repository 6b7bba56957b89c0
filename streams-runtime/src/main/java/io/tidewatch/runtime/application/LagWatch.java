package io.tidewatch.runtime.application;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures for how long an application has been seen to keep up, by looking at offsets again and again. When everything
 * that was in a partition at one look has been processed and committed by the next, the time between the two counts. It
 * does not when Kafka does not answer, when the application is behind, or when this process was held up between two
 * looks: the clock stands still rather than take a pause of the pipeline for silence.
 *
 * <p>One thread looks; any thread may read.
 */
public final class LagWatch implements CaughtUpTime, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagWatch.class);

    /** Longer than this between two looks, and the process was held up. */
    private static final Duration LONGEST_STEP = RESOLUTION.multipliedBy(3);

    private final Offsets offsets;
    private final Clock clock;
    private final AtomicLongArray elapsedMs;
    private final long[] endsBefore;
    private @Nullable ScheduledExecutorService looking;
    private long lookedAtMs;
    private boolean lookedBefore;
    private boolean failing;

    /** What is known of {@code check-results}, by partition from 0. */
    interface Offsets extends AutoCloseable {
        /** @throws RuntimeException when Kafka does not answer */
        long[] ends();

        /**
         * @return what the application has committed; 0 where it has committed nothing
         * @throws RuntimeException when Kafka does not answer
         */
        long[] committed();

        @Override
        void close();
    }

    LagWatch(Offsets offsets, int partitions, Clock clock) {
        this.offsets = offsets;
        this.clock = clock;
        this.elapsedMs = new AtomicLongArray(partitions);
        this.endsBefore = new long[partitions];
    }

    /**
     * Watches an application.
     *
     * @param group its consumer group
     * @param topic {@code check-results} by its full name
     * @param partitions how many that has
     */
    public static LagWatch of(Map<String, Object> client, String group, String topic, int partitions, Clock clock) {
        return new LagWatch(new KafkaOffsets(client, group, topic, partitions), partitions, clock);
    }

    @Override
    public long elapsedMs(int partition) {
        return elapsedMs.get(partition);
    }

    /** Starts looking. Call once. */
    public synchronized void start() {
        looking = DaemonTimer.repeating("watch-lag", RESOLUTION, this::look);
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(looking).ifPresent(ScheduledExecutorService::shutdownNow);
        offsets.close();
    }

    /** Looks once, as {@link #start} makes it do in every step. */
    void look() {
        long nowMs = clock.millis();
        try {
            long[] committed = offsets.committed();
            long[] ends = offsets.ends();
            long stepMs = nowMs - lookedAtMs;
            if (lookedBefore && stepMs > 0 && stepMs <= LONGEST_STEP.toMillis()) {
                count(committed, stepMs);
            }
            System.arraycopy(ends, 0, endsBefore, 0, ends.length);
            lookedAtMs = nowMs;
            lookedBefore = true;
            failing = false;
        } catch (RuntimeException e) {
            lookedBefore = false;
            if (!failing) {
                LOG.warn(
                        "The lag is unknown, so that nothing counts as silent group={} reason={}",
                        offsets,
                        e.toString());
            }
            failing = true;
        }
    }

    private void count(long[] committed, long stepMs) {
        for (int partition = 0; partition < committed.length; partition++) {
            if (committed[partition] >= endsBefore[partition]) {
                elapsedMs.addAndGet(partition, stepMs);
            }
        }
    }
}
