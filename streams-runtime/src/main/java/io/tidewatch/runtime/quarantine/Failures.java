package io.tidewatch.runtime.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.DaemonTimer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that have made their tasks fail, one at most of each partition: a partition goes on only when its record is
 * done with. Kept in memory for all threads of an application, and in the {@link FailureLedger} for its other processes and
 * the next one. A ledger that is away delays a record by a moment, and stops none. Thread-safe.
 */
final class Failures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    /** A few round trips to a healthy broker; the budget for a restart is 10 s. */
    private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(1);

    private final String application;
    private final FailureLedger ledger;
    private final MeterRegistry meters;
    private final ExecutorService ledgerThread = DaemonTimer.named("failure-ledger");
    private volatile Map<TopicPartition, Failure> known = Map.of();
    private @Nullable CompletableFuture<Void> nextRead;

    /** @param application what users call it */
    Failures(String application, FailureLedger ledger, MeterRegistry meters) {
        this.application = application;
        this.ledger = ledger;
        this.meters = meters;
    }

    /** Whether no record is known to have failed: then nothing has to be asked. */
    boolean areNone() {
        return known.isEmpty();
    }

    /** @throws RecordGivenUpException when this record has failed too often in this stage */
    void requireInnocent(Suspect suspect) {
        Failure failure = known.get(suspect.partition());
        if (failure != null
                && failure.count() >= Failure.MOST
                && failure.isOf(suspect.offset(), suspect.timestampMs())
                && failure.stage().equals(suspect.stage())) {
            LOG.error(
                    "Put a record aside that made its task fail again and again application={} topic={} partition={}"
                            + " offset={} stage={} failures={} what={}",
                    application,
                    suspect.partition().topic(),
                    suspect.partition().partition(),
                    suspect.offset(),
                    suspect.stage(),
                    failure.count(),
                    failure.what());
            throw new RecordGivenUpException(failure);
        }
    }

    /**
     * Counts a failure against a record.
     *
     * @param reason for the metrics: {@code error} or {@code slow}
     * @param what happened, as a sentence without a subject
     * @return done when the ledger has it, or can't have it
     */
    synchronized CompletableFuture<Void> count(Suspect suspect, String reason, String what) {
        Failure before = known.get(suspect.partition());
        int count = before != null && before.isOf(suspect.offset(), suspect.timestampMs()) ? before.count() + 1 : 1;
        Failure failure = new Failure(suspect.offset(), suspect.timestampMs(), suspect.stage(), count, what);
        put(suspect.partition(), failure);
        meters.counter("tidewatch.record.failures", "application", application, "reason", reason)
                .increment();
        LOG.warn(
                "A record made its task fail application={} topic={} partition={} offset={} stage={} failures={} what={}",
                application,
                suspect.partition().topic(),
                suspect.partition().partition(),
                suspect.offset(),
                suspect.stage(),
                count,
                what);
        return onLedgerThread(() -> ledger.write(suspect.partition(), failure));
    }

    /** Forgets the failures of records that these offsets of an application are behind. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!known.isEmpty()) {
            forget(offsets);
        }
    }

    /** Reads the ledger, which may know of failures in other processes. */
    synchronized CompletableFuture<Void> read() {
        CompletableFuture<Void> next = nextRead;
        if (next == null) {
            next = onLedgerThread(this::takeInLedger);
            nextRead = next;
        }
        return next;
    }

    /** Waits for the ledger, for a moment at most. */
    static void await(CompletableFuture<Void> ledger) {
        try {
            ledger.get(LEDGER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The failures of records are not known, or not kept, in time reason={}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ledgerThread.shutdownNow();
        ledger.close();
    }

    private void takeInLedger() {
        synchronized (this) {
            nextRead = null;
        }
        Map<TopicPartition, Failure> read = ledger.read();
        synchronized (this) {
            read.forEach((partition, failure) -> {
                Failure mine = known.get(partition);
                if (mine == null
                        || failure.offset() > mine.offset()
                        || (failure.offset() == mine.offset() && failure.count() > mine.count())) {
                    put(partition, failure);
                }
            });
        }
    }

    private synchronized void forget(Map<TopicPartition, OffsetAndMetadata> committed) {
        Set<TopicPartition> over = known.entrySet().stream()
                .filter(entry -> {
                    OffsetAndMetadata next = committed.get(entry.getKey());
                    return next != null && next.offset() > entry.getValue().offset();
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!over.isEmpty()) {
            Map<TopicPartition, Failure> left = new HashMap<>(known);
            left.keySet().removeAll(over);
            known = Map.copyOf(left);
            var unused = onLedgerThread(() -> ledger.delete(over));
        }
    }

    private void put(TopicPartition partition, Failure failure) {
        Map<TopicPartition, Failure> more = new HashMap<>(known);
        more.put(partition, failure);
        known = Map.copyOf(more);
    }

    private CompletableFuture<Void> onLedgerThread(Runnable task) {
        try {
            return CompletableFuture.runAsync(
                    () -> {
                        try {
                            task.run();
                        } catch (RuntimeException e) {
                            LOG.warn(
                                    "The failures of records can't be read or kept now application={} reason={}",
                                    application,
                                    e.toString());
                        }
                    },
                    ledgerThread);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
