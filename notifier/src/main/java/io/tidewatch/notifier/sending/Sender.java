package io.tidewatch.notifier.sending;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Notification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends deliveries on threads of its own, and writes down how each attempt has ended: at once and outside of any transaction,
 * so that it is known whatever becomes of the task. Thread-safe.
 */
public final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    /** Each waits for its receiver; a lane that fails again and again has one at most. */
    private static final int THREADS = 500;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int STACK_BYTES = 512 << 10;

    /**
     * A receiver that does not answer within this time may hear the same again from whoever takes over. The tasks of a thread
     * that are closed one after the other wait together for so long.
     */
    private static final Duration END_WITHIN = Duration.ofSeconds(3);

    /** Tasks that are closed later than this after others have waited are of another occasion. */
    private static final Duration SAME_OCCASION = Duration.ofSeconds(2);

    private final Courier courier;
    private final AttemptLog log;
    private final String name;
    private final Clock clock;
    private final MeterRegistry meters;
    private final ThreadPoolExecutor threads;
    private Instant endBy = Instant.EPOCH;

    /** Where the outcomes of attempts go. */
    public interface AttemptLog {
        /** Returns when the record is on its way, and does not give up before it is there. Any thread. */
        void write(int partition, DeliveryAttempt attempt);
    }

    /** @param name of this process, by which it knows its own attempts again */
    public Sender(Courier courier, AttemptLog log, String name, Clock clock, MeterRegistry meters) {
        this.courier = courier;
        this.log = log;
        this.name = name;
        this.clock = clock;
        this.meters = meters;
        AtomicInteger numbers = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "send-" + numbers.incrementAndGet(), STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** How long a task that is being closed may wait. */
    private synchronized Duration patience() {
        Instant now = clock.instant();
        if (now.isAfter(endBy.plus(SAME_OCCASION))) {
            endBy = now.plus(END_WITHIN);
        }
        Duration left = Duration.between(now, endBy);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** What a task sends with; to be closed when it ends. */
    public OfTask of(int partition) {
        return new OfTask(partition);
    }

    /** Ends its threads. Tasks have ended before. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** The sending of one task. Its methods are called on the task's thread. */
    public final class OfTask implements Dispatch, AutoCloseable {
        private final int partition;

        /** A party for each attempt under way, and one for the task. */
        private final Phaser underWay = new Phaser(1);

        private volatile boolean closed;

        private OfTask(int partition) {
            this.partition = partition;
        }

        @Override
        public void send(Delivery delivery, Optional<Notification> notification, int number) {
            int unusedBefore = underWay.register();
            threads.execute(() -> {
                try {
                    if (!closed) {
                        log.write(partition, attempt(delivery, notification, number));
                    }
                } finally {
                    int unused = underWay.arriveAndDeregister();
                }
            });
        }

        @Override
        public boolean isOurs(DeliveryAttempt attempt) {
            return attempt.getFrom().equals(name);
        }

        @Override
        public void close() {
            closed = true;
            try {
                int unused = underWay.awaitAdvanceInterruptibly(
                        underWay.arrive(), patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn("Receivers have not answered in time, and may be told again partition={}", partition);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private DeliveryAttempt attempt(Delivery delivery, Optional<Notification> notification, int number) {
        Instant begin = clock.instant();
        Attempt attempt = notification
                .map(known -> send(delivery, known, begin))
                .orElseGet(() -> Attempt.of(Attempt.Result.REFUSED, "the notification does not exist any more"));
        Instant end = clock.instant();
        Duration took = Duration.between(begin, end);
        Timer.builder("tidewatch.notifier.attempts")
                .tag("type", delivery.getNotificationType())
                .tag("result", attempt.result().name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(took);
        return Attempts.of(delivery)
                .setAttempt(number)
                .setResult(AttemptResult.valueOf(attempt.result().name()))
                .setReason(attempt.reason())
                .setNotBefore(attempt.notBefore().orElse(null))
                .setProxy(attempt.proxy().orElse(null))
                .setFrom(name)
                .setTimestamp(end)
                .setTookMs(Math.max(0, took.toMillis()))
                .build();
    }

    /** What a channel should never throw is no reason to leave a message without an outcome. */
    private Attempt send(Delivery delivery, Notification notification, Instant now) {
        try {
            return courier.send(delivery, notification, now);
        } catch (RuntimeException e) {
            LOG.error(
                    "A channel failed deliveryId={} type={}",
                    delivery.getDeliveryId(),
                    delivery.getNotificationType(),
                    e);
            return Attempt.of(
                    Attempt.Result.UNKNOWN,
                    "the notifier itself failed: " + e.getClass().getSimpleName());
        }
    }
}
