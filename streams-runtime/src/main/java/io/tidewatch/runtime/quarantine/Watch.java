package io.tidewatch.runtime.quarantine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What one stream thread is at, and since when, in ticks of {@link Quarantine}. The thread itself writes; {@link
 * #overdueRecord} and {@link #ageTicks} are the timer's.
 *
 * <p>To mark a record costs a few plain writes: fields are written first, and {@link #since} publishes them.
 */
final class Watch {
    /** Later than any tick: nothing is watched. */
    private static final long IDLE = Long.MAX_VALUE;

    /**
     * Of a transaction's limit, by which one record alone may be to blame for it. Two records that take less than half fit in
     * a transaction, and reading one at a time is all that they need: to put them aside would be to lose them.
     */
    private static final int BLAMED_FROM_HALF = 2;

    private final Thread thread = Thread.currentThread();
    private final AtomicLong clock;
    private final long limitTicks;
    private final AtomicLong since = new AtomicLong(IDLE);

    private @Nullable RecordMetadata origin;
    private @Nullable String stage;
    private long timestampMs;
    private long begunAt = IDLE;
    private long pausedAt;

    /** The record that the timer has counted a failure against. */
    private volatile @Nullable RecordMetadata counted;

    private long transactionBegunAt;
    private boolean transactionBlamed;
    private long slowestTicks;
    private @Nullable Suspect slowest;
    private boolean threadHasToEnd;

    /** Watches the thread that calls this. */
    Watch(AtomicLong clock, long limitTicks) {
        this.clock = clock;
        this.limitTicks = limitTicks;
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    /**
     * A node begins with a record, which another node may have in its hands already.
     *
     * @return what {@link #leave} needs
     */
    @Nullable
    String enter(String node, RecordMetadata record, long recordTimestampMs) {
        String outer = stage;
        stage = node;
        if (outer == null) {
            threadHasToEnd = false;
            origin = record;
            timestampMs = recordTimestampMs;
            begunAt = clock.getOpaque();
            since.setRelease(begunAt);
        }
        return outer;
    }

    void leave(@Nullable String outer) {
        String node = stage;
        stage = outer;
        if (outer == null) {
            since.setRelease(IDLE);
            end(node);
            origin = null;
        } else {
            // The slowest record's stage is the innermost one, of which this may be the only trace.
            noteSlow(node);
        }
    }

    /** What follows is a wait for Kafka or the registry, and no record's fault. */
    void pause() {
        since.setRelease(IDLE);
        pausedAt = clock.getOpaque();
    }

    void resume() {
        long pausedTicks = clock.getOpaque() - pausedAt;
        transactionBegunAt += pausedTicks;
        if (origin != null) {
            begunAt += pausedTicks;
            since.setRelease(begunAt);
        }
    }

    void transactionBegan() {
        transactionBegunAt = clock.getOpaque();
        transactionBlamed = false;
        threadHasToEnd = false;
        slowest = null;
        slowestTicks = 0;
    }

    boolean isTransactionOverdue() {
        return clock.getOpaque() - transactionBegunAt >= limitTicks;
    }

    /**
     * The transaction is given up. If that is because it took too long, the thread has to end.
     *
     * @return the record that a failure is to be counted against
     */
    Optional<Suspect> transactionAborted() {
        if (!isTransactionOverdue()) {
            return Optional.empty();
        }
        threadHasToEnd = true;
        return transactionBlamed || slowestTicks * BLAMED_FROM_HALF < limitTicks
                ? Optional.empty()
                : Optional.ofNullable(slowest);
    }

    /** Returns true if no failure was counted against this record yet, and takes note that one is. */
    boolean blameOnce() {
        transactionBlamed = true;
        boolean first = counted != origin;
        counted = origin;
        return first;
    }

    /** @throws OverdueTransactionException once after a transaction that took too long */
    void requireThreadMayGoOn() {
        if (threadHasToEnd) {
            threadHasToEnd = false;
            throw new OverdueTransactionException();
        }
    }

    /** How long the thread has been at its record; negative when it has none. */
    long ageTicks() {
        return clock.getOpaque() - since.getAcquire();
    }

    /** The record that the thread has been at for too long; given once. Called by the timer. */
    Optional<Suspect> overdueRecord() {
        long began = since.getAcquire();
        RecordMetadata record = origin;
        String node = stage;
        if (clock.getOpaque() - began <= limitTicks || record == null || node == null || record == counted) {
            return Optional.empty();
        }
        Suspect suspect = suspect(record, node);
        if (since.getAcquire() != began) {
            return Optional.empty();
        }
        counted = record;
        return Optional.of(suspect);
    }

    private void end(@Nullable String node) {
        if (counted != null && counted == origin) {
            transactionBlamed = true;
        }
        noteSlow(node);
        begunAt = IDLE;
    }

    private void noteSlow(@Nullable String node) {
        long ticks = clock.getOpaque() - begunAt;
        if (ticks > slowestTicks && node != null && origin != null) {
            slowestTicks = ticks;
            slowest = suspect(origin, node);
        }
    }

    private Suspect suspect(RecordMetadata record, String node) {
        return new Suspect(new TopicPartition(record.topic(), record.partition()), record.offset(), timestampMs, node);
    }
}
