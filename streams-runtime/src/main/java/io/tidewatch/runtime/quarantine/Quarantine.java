package io.tidewatch.runtime.quarantine;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.ApplicationSettings;
import io.tidewatch.runtime.application.DaemonTimer;
import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Watches the records of one application, and gives up those that have made their task fail twice in a row: that ended the
 * thread with an {@link Error}, or took longer than their transaction, or their membership in the group, may last. Waits for
 * Kafka and the registry are no record's failure, nor are Kafka's own exceptions: with these away a record is tried for ever.
 *
 * <p>Time is counted in ticks of a timer of this process, so that a process that was stopped, or starved of processors,
 * blames no record for it.
 *
 * <p>Stream threads call it through {@link Guard} and {@link WatchedClients}; a timer of its own looks after them.
 */
public final class Quarantine implements Guard, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    /** A thread can't be ended from outside. After so many times the limit, the process has to be. */
    private static final int HOPELESS_AFTER_LIMITS = 3;

    private final String application;
    private final Duration limit;
    private final Failures failures;
    private final ProcessorWrapper inside;
    private final AtomicLong clock = new AtomicLong();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    @SuppressWarnings("ThreadLocalUsage") // Each application watches its own threads.
    private final ThreadLocal<@Nullable Watch> ofThisThread = new ThreadLocal<>();

    /** Whether records of this process have been too slow for one transaction together. */
    private volatile boolean careful;

    private @Nullable ScheduledExecutorService timer;

    /**
     * For the application of these settings.
     *
     * @param inside put between the guard and each processor, by tests
     */
    public static Quarantine of(ApplicationSettings settings, ProcessorWrapper inside, MeterRegistry meters) {
        Quarantine quarantine = new Quarantine(
                settings.name(),
                Duration.ofMillis(settings.recordTimeoutMs()),
                new Failures(settings.name(), new KafkaLedger(settings.kafka().client(), settings.id()), meters),
                inside);
        quarantine.start();
        return quarantine;
    }

    Quarantine(String application, Duration limit, Failures failures, ProcessorWrapper inside) {
        this.application = application;
        this.limit = limit;
        this.failures = failures;
        this.inside = inside;
    }

    @Override
    public <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> around(
            String node, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        ProcessorSupplier<KIn, VIn, KOut, VOut> inner = inside.wrapProcessorSupplier(node, supplier);
        return new ProcessorSupplier<>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return new GuardedProcessor<>(node, inner.get(), Quarantine.this, failures);
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return inner.stores();
            }
        };
    }

    /** The registry, for whose answers no record is blamed. */
    public SchemaRegistry unblamed(SchemaRegistry registry) {
        return new UnblamedRegistry(registry, this);
    }

    /** Why only a new process can help; empty while no record holds a thread up for good. */
    public Optional<String> deadBecause() {
        long hopelessTicks = ticks(limit.multipliedBy(HOPELESS_AFTER_LIMITS));
        return watches.stream().anyMatch(watch -> watch.ageTicks() > hopelessTicks)
                ? Optional.of("the application " + application + " has been at one record for more than "
                        + limit.multipliedBy(HOPELESS_AFTER_LIMITS).toMillis() + " ms")
                : Optional.empty();
    }

    /** To be called after the application is closed. */
    @Override
    public void close() {
        Optional.ofNullable(timer).ifPresent(ScheduledExecutorService::shutdownNow);
        failures.close();
    }

    /** Called by whoever commits offsets, when they are. */
    public void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        failures.committed(offsets);
    }

    Watch watchOfThisThread() {
        Watch watch = ofThisThread.get();
        if (watch == null) {
            watch = new Watch(clock, ticks(limit));
            ofThisThread.set(watch);
            watches.add(watch);
        }
        return watch;
    }

    /** An error leaves a processor, and its thread ends. What the virtual machine ran short of is no record's fault. */
    void ended(Suspect suspect, Error error) {
        Watch watch = watchOfThisThread();
        boolean machineIsShort = error instanceof VirtualMachineError && !(error instanceof StackOverflowError);
        if (!machineIsShort && watch.blameOnce()) {
            Failures.await(failures.count(suspect, "error", "ended its thread: " + error));
        }
    }

    /**
     * Whether threads that begin now read one record at a time, because many were too slow for one transaction together. A
     * thread commits nothing while its group rebalances, as it does after each thread that was replaced, and goes on with
     * what it has read meanwhile. Source: {@code TaskManager.commit} and {@code StreamThread.runOnce} of Kafka Streams 4.3.1.
     */
    boolean isCareful() {
        return careful;
    }

    /** The transaction of this thread is given up. */
    void transactionAborted() {
        Watch watch = watchOfThisThread();
        if (watch.isTransactionOverdue()) {
            careful = true;
        }
        watch.transactionAborted()
                .ifPresent(slowest -> Failures.await(failures.count(
                        slowest,
                        "slow",
                        "took the most of a transaction that lasted longer than " + limit.toMillis() + " ms")));
    }

    /** Looks once, as the timer does at each tick. */
    void tick() {
        clock.incrementAndGet();
        watches.removeIf(Watch::isOver);
        for (Watch watch : watches) {
            watch.overdueRecord().ifPresent(suspect -> {
                var unused = failures.count(suspect, "slow", "took longer than " + limit.toMillis() + " ms");
            });
        }
    }

    private void start() {
        // Finds the ledger's broker while the application starts, so that no task waits for it.
        var unused = failures.read();
        timer = DaemonTimer.repeating("watch-records-of-" + application, TICK, this::tick);
    }

    private static long ticks(Duration duration) {
        return Math.max(1, duration.dividedBy(TICK));
    }
}
