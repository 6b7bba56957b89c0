package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which writes are on their way, by the partition whose records they stand for, and sends each until it is
 * acknowledged, however long that takes. {@link BarrierConsumer} asks it before it commits offsets and before it fetches
 * more records; that is how no offset gets ahead of its row, and how records wait in Kafka, and not here, while Cassandra
 * is away.
 *
 * <p>Writes that follow one another into one partition of Cassandra are collected and sent as one, until another partition
 * comes, or the batch is full, or {@link #sendPending} is called. A collected write is on its way like any other.
 *
 * <p>A write that can never succeed is handed back to who issued it, and stays in flight until that has put the record
 * aside; a batch is taken apart first, so that it is one row's write that is handed back. One instance for all threads of
 * an application; thread-safe.
 */
public final class WriteBarrier {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBarrier.class);

    /**
     * Rows sent as one, more than the metrics of most checks. Bounds one mutation, and what is sent again when it fails.
     * Cassandra warns of large batches only where they are of several partitions. Source: CASSANDRA-10876.
     */
    private static final int MAX_BATCH_ROWS = 32;

    /**
     * No more records are fetched while the writes on their way have so many bytes of values together. Each takes two to
     * three times that in memory, with the record that it came of: 2048 of the largest results took more than a process has.
     * Source: derived; 2048 usual rows are 2 MB.
     */
    static final long MAX_BYTES_IN_FLIGHT = 16L << 20;

    private static final Duration WARN_EVERY = Duration.ofMinutes(1);

    private final Limits limits;
    private final Predicate<Throwable> permanent;
    private final ScheduledExecutorService retryTimer;
    private final Clock clock;
    private final Counter retries;
    private final Counter batches;
    private final Counter rejected;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<InFlight> inFlight = new LinkedHashSet<>();
    private long bytesInFlight;
    private final Map<TopicPartition, Batch> pending = new HashMap<>();
    private final Map<TopicPartition, Integer> inFlightByPartition = new HashMap<>();
    private final Map<TopicPartition, Integer> rejectedByPartition = new HashMap<>();
    private final AtomicReference<Instant> nextWarning = new AtomicReference<>(Instant.MIN);
    private volatile @Nullable Throwable failure;

    /**
     * @param maxInFlight no more records are fetched while so many writes are on their way
     * @param firstBackoff how long to wait before the second try of a write; doubled for each further one
     * @param longestBackoff never longer than this
     */
    public record Limits(int maxInFlight, Duration firstBackoff, Duration longestBackoff) {}

    /** What becomes of one write. Called once, by a thread of the driver or of the retries. */
    public interface Outcome {
        /** The row is in Cassandra. */
        void acknowledged();

        /**
         * The row can never be in Cassandra.
         *
         * @param settle to be run once the record has been put aside; only then may its offset be committed
         */
        void rejected(Throwable reason, Runnable settle);
    }

    /**
     * @param permanent whether a failure would be the same at every further try
     * @param retryTimer sends writes again; shutting it down ends all retries
     * @param clock for the age of writes, in metrics only
     */
    public WriteBarrier(
            Limits limits,
            Predicate<Throwable> permanent,
            ScheduledExecutorService retryTimer,
            Clock clock,
            MeterRegistry meters) {
        this.limits = limits;
        this.permanent = permanent;
        this.retryTimer = retryTimer;
        this.clock = clock;
        this.retries = meters.counter("tidewatch.sink.write.retries");
        this.batches = meters.counter("tidewatch.sink.batches");
        this.rejected = meters.counter("tidewatch.sink.rows.rejected");
        Gauge.builder("tidewatch.sink.writes.in.flight", this, WriteBarrier::inFlight)
                .register(meters);
        Gauge.builder(
                        "tidewatch.sink.oldest.unacknowledged.seconds",
                        this,
                        barrier -> barrier.oldestAge().toMillis() / 1000.0)
                .register(meters);
    }

    /**
     * Sends a write that stands for a record of {@code source}, now or with those that follow it. Does not block and does
     * not throw.
     */
    public void write(TopicPartition source, Insert<?> insert, BatchableStatement<?> statement, Outcome outcome) {
        InFlight issued = new InFlight(source, insert, statement, outcome, clock.instant());
        List<Batch> due = new ArrayList<>(2);
        lock.lock();
        try {
            inFlight.add(issued);
            bytesInFlight += issued.sizeBytes;
            inFlightByPartition.merge(source, 1, Integer::sum);
            collect(issued, due);
        } finally {
            lock.unlock();
        }
        due.forEach(Batch::send);
    }

    /** Sends what has been collected, of all partitions. Whoever waits for acknowledgements or room calls this before. */
    void sendPending() {
        List<Batch> due;
        lock.lock();
        try {
            due = new ArrayList<>(pending.values());
            pending.clear();
        } finally {
            lock.unlock();
        }
        due.forEach(Batch::send);
    }

    /** Why the newest write that is tried again has failed; empty once one has been acknowledged since. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many writes are on their way. */
    public int inFlight() {
        lock.lock();
        try {
            return inFlight.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there is room for further writes.
     *
     * @return whether there is
     */
    boolean awaitRoom(Duration timeout) throws InterruptedException {
        return await(this::hasRoom, () -> false, timeout);
    }

    /**
     * Waits until no write for a record of these partitions is on its way. Who calls is the one thread that issues such
     * writes, so that all that were issued before are acknowledged when this returns true.
     *
     * @return false when the time is up, or a rejected write waits for that same thread to put its record aside
     */
    boolean awaitAcknowledged(Collection<TopicPartition> sources, Duration timeout) throws InterruptedException {
        return await(
                () -> sources.stream().noneMatch(inFlightByPartition::containsKey),
                () -> sources.stream().anyMatch(rejectedByPartition::containsKey),
                timeout);
    }

    /** How long ago the oldest write that is still on its way was issued; zero when there is none. */
    public Duration oldestAge() {
        lock.lock();
        try {
            return inFlight.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(inFlight.iterator().next().issuedAt, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Adds what has to be sent now to {@code due}, in the order in which it was issued. */
    private void collect(InFlight issued, List<Batch> due) {
        Batch open = pending.get(issued.source);
        if (open != null && open.takes(issued)) {
            open.rows.add(issued);
        } else {
            if (open != null) {
                due.add(open);
            }
            open = new Batch(issued);
            pending.put(issued.source, open);
        }
        if (open.isFull()) {
            due.add(open);
            pending.remove(issued.source);
        }
    }

    private boolean await(State reached, State hopeless, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remainingNanos = timeout.toNanos();
            while (!reached.holds()) {
                if (remainingNanos <= 0 || hopeless.holds()) {
                    return false;
                }
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        return inFlight.size() < limits.maxInFlight() && bytesInFlight < MAX_BYTES_IN_FLIGHT;
    }

    /** Only what somebody may wait for wakes those who wait: each of them would take the lock, look and wait again. */
    private void leave(List<InFlight> rows) {
        lock.lock();
        try {
            boolean full = !hasRoom();
            boolean settled = false;
            for (InFlight row : rows) {
                inFlight.remove(row);
                bytesInFlight -= row.sizeBytes;
                settled |= decrement(inFlightByPartition, row.source);
            }
            if (settled || (full && hasRoom())) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void waitForSettlement(TopicPartition source) {
        lock.lock();
        try {
            rejectedByPartition.merge(source, 1, Integer::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** One line a minute, however many writes fail and are tried again. */
    private void warn(Throwable reason) {
        Instant now = clock.instant();
        Instant next = nextWarning.get();
        if (!now.isBefore(next) && nextWarning.compareAndSet(next, now.plus(WARN_EVERY))) {
            LOG.warn(
                    "Writes fail and are tried until they succeed rows={} oldestSeconds={} reason={}",
                    inFlight(),
                    oldestAge().toSeconds(),
                    reason.toString());
        }
    }

    private void settle(InFlight row) {
        lock.lock();
        try {
            decrement(rejectedByPartition, row.source);
        } finally {
            lock.unlock();
        }
        leave(List.of(row));
    }

    /** @return whether the partition has none any more */
    private static boolean decrement(Map<TopicPartition, Integer> counts, TopicPartition partition) {
        return counts.computeIfPresent(partition, (key, count) -> count == 1 ? null : count - 1) == null;
    }

    private interface State {
        boolean holds();
    }

    /** One row. */
    private final class InFlight {
        private final TopicPartition source;
        private final Insert<?> insert;
        private final BatchableStatement<?> statement;
        private final @Nullable ByteBuffer partition;
        private final Outcome outcome;
        private final Instant issuedAt;
        private final long sizeBytes;

        InFlight(
                TopicPartition source,
                Insert<?> insert,
                BatchableStatement<?> statement,
                Outcome outcome,
                Instant issuedAt) {
            this.source = source;
            this.insert = insert;
            this.statement = statement;
            this.partition = statement.getRoutingKey();
            this.outcome = outcome;
            this.issuedAt = issuedAt;
            this.sizeBytes = insert.bytes(statement);
        }

        private void reject(Throwable failure) {
            rejected.increment();
            waitForSettlement(source);
            outcome.rejected(failure, () -> settle(this));
        }
    }

    /**
     * What is sent as one: rows of one insert with one routing key, or a row alone. Not changed any more once it is sent.
     * Rollups of two resolutions may have the same key, in two tables; Cassandra makes one mutation of them, too. Source:
     * Cassandra 5.0, {@code BatchUpdatesCollector}.
     */
    private final class Batch {
        private final List<InFlight> rows = new ArrayList<>();
        private Duration backoff = limits.firstBackoff();

        Batch(InFlight first) {
            rows.add(first);
        }

        boolean takes(InFlight further) {
            InFlight first = rows.get(0);
            return first.insert == further.insert && Objects.equals(first.partition, further.partition);
        }

        boolean isFull() {
            return rows.size() == MAX_BATCH_ROWS || rows.get(0).partition == null;
        }

        void send() {
            try {
                batches.increment();
                List<BatchableStatement<?>> statements = new ArrayList<>(rows.size());
                rows.forEach(row -> statements.add(row.statement));
                rows.get(0).insert.send(statements).whenComplete((done, thrown) -> {
                    if (thrown == null) {
                        acknowledge();
                    } else {
                        fail(
                                thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                                        ? wrapped.getCause()
                                        : thrown);
                    }
                });
            } catch (RuntimeException | Error e) {
                // Nobody would hear of it, and the rows would be on their way for ever.
                fail(e);
            }
        }

        /** The rows are in Cassandra, whatever those who issued them make of it. */
        private void acknowledge() {
            if (failure != null) {
                failure = null;
            }
            try {
                rows.forEach(row -> row.outcome.acknowledged());
            } finally {
                leave(rows);
            }
        }

        private void fail(Throwable reason) {
            if (!permanent.test(reason)) {
                retry(reason);
            } else if (rows.size() > 1) {
                rows.forEach(row -> new Batch(row).send());
            } else {
                rows.get(0).reject(reason);
            }
        }

        private void retry(Throwable reason) {
            retries.increment();
            failure = reason;
            warn(reason);
            try {
                var unused = retryTimer.schedule(this::send, backoff.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("A write stays unacknowledged: the application ends partition={}", rows.get(0).source);
            }
            Duration doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(limits.longestBackoff()) < 0 ? doubled : limits.longestBackoff();
        }
    }
}
