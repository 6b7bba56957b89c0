package io.tidewatch.streams.timeseries;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which writes are on their way, by the partition whose records they stand for, and sends each until it is
 * acknowledged, however long that takes. {@link BarrierConsumer} asks it before it commits offsets and before it fetches
 * more records; that is how no offset gets ahead of its row, and how records wait in Kafka, and not here, while Cassandra
 * is away.
 *
 * <p>A write that can never succeed is handed back to who issued it, and stays in flight until that has put the record
 * aside. One instance for all threads of an application; thread-safe.
 */
public final class WriteBarrier {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBarrier.class);

    private final Limits limits;
    private final Predicate<Throwable> permanent;
    private final ScheduledExecutorService retryTimer;
    private final Clock clock;
    private final Counter retries;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<InFlight> inFlight = new LinkedHashSet<>();
    private final Map<TopicPartition, Integer> inFlightByPartition = new HashMap<>();
    private final Map<TopicPartition, Integer> rejectedByPartition = new HashMap<>();

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
        Gauge.builder("tidewatch.sink.writes.in.flight", this, WriteBarrier::inFlight)
                .register(meters);
        Gauge.builder(
                        "tidewatch.sink.oldest.unacknowledged.seconds",
                        this,
                        barrier -> barrier.oldestAge().toMillis() / 1000.0)
                .register(meters);
    }

    /** Sends a write that stands for a record of {@code source}. Does not block and does not throw. */
    public void write(TopicPartition source, Insert.Write write, Outcome outcome) {
        InFlight issued = new InFlight(source, write, outcome, clock.instant());
        locked(() -> {
            inFlight.add(issued);
            inFlightByPartition.merge(source, 1, Integer::sum);
        });
        issued.send();
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
        return await(() -> inFlight.size() < limits.maxInFlight(), () -> false, timeout);
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

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void decrement(Map<TopicPartition, Integer> counts, TopicPartition partition) {
        counts.computeIfPresent(partition, (key, count) -> count == 1 ? null : count - 1);
    }

    private interface State {
        boolean holds();
    }

    private final class InFlight {
        private final TopicPartition source;
        private final Insert.Write write;
        private final Outcome outcome;
        private final Instant issuedAt;
        private Duration backoff = limits.firstBackoff();

        InFlight(TopicPartition source, Insert.Write write, Outcome outcome, Instant issuedAt) {
            this.source = source;
            this.write = write;
            this.outcome = outcome;
            this.issuedAt = issuedAt;
        }

        void send() {
            try {
                write.send().whenComplete((row, failure) -> {
                    if (failure == null) {
                        acknowledge();
                    } else {
                        fail(
                                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                        ? wrapped.getCause()
                                        : failure);
                    }
                });
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void acknowledge() {
            outcome.acknowledged();
            leave();
        }

        private void fail(Throwable failure) {
            if (permanent.test(failure)) {
                locked(() -> rejectedByPartition.merge(source, 1, Integer::sum));
                outcome.rejected(failure, () -> {
                    locked(() -> decrement(rejectedByPartition, source));
                    leave();
                });
            } else {
                retry(failure);
            }
        }

        private void retry(Throwable failure) {
            retries.increment();
            LOG.debug(
                    "A write failed and is tried again partition={} backoffMs={} reason={}",
                    source,
                    backoff.toMillis(),
                    failure.toString());
            try {
                var unused = retryTimer.schedule(this::send, backoff.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("A write stays unacknowledged: the application ends partition={}", source);
            }
            Duration doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(limits.longestBackoff()) < 0 ? doubled : limits.longestBackoff();
        }

        private void leave() {
            locked(() -> {
                inFlight.remove(this);
                decrement(inFlightByPartition, source);
            });
        }
    }
}
