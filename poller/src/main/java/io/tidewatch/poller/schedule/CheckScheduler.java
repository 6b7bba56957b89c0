package io.tidewatch.poller.schedule;

import io.tidewatch.poller.connection.ProbeLoops;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.results.Collector;
import io.tidewatch.poller.results.Results;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.topics.CheckPath;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a zone's checks at their slots: starts each run on an event loop, and hands over a result for it, however it went. A
 * check whose last run is still going is skipped; a run beyond the limit is not begun, and its result says so. Checks may be
 * put and removed from any thread; a run that is going is not disturbed by that.
 */
public final class CheckScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckScheduler.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final Collector collector;
    private final int maxInFlight;
    private final ProbeLoops loops;
    private final Results results;
    private final ScheduleMetrics metrics;
    private final Clock clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Timetable timetable;
    private final Set<CheckPath> inFlight = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::runChecks, "schedule");
    private volatile Optional<String> deadBecause = Optional.empty();
    private volatile boolean closed;

    /**
     * @param maxInFlight how many runs may be going at the same time
     * @param clock stamps results and places slots; durations are measured on the monotonic clock
     */
    public CheckScheduler(
            Collector collector,
            int maxInFlight,
            ProbeLoops loops,
            Results results,
            ScheduleMetrics metrics,
            Clock clock) {
        this.collector = collector;
        this.maxInFlight = maxInFlight;
        this.loops = loops;
        this.results = results;
        this.metrics = metrics;
        this.clock = clock;
        this.timetable = new Timetable(collector.zoneId());
        metrics.watch(this::scheduled, inFlight::size);
    }

    /** Starts running what has been put, and what will be. Call once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Enters a check, or replaces it, from its next slot on. */
    public void put(ScheduledCheck check) {
        change(() -> timetable.put(check, clock.instant(), System.nanoTime()));
    }

    /** Takes a check out; it is not run again. */
    public void remove(CheckPath path) {
        change(() -> timetable.remove(path));
    }

    /** How many checks there are. */
    public int scheduled() {
        lock.lock();
        try {
            return timetable.size();
        } finally {
            lock.unlock();
        }
    }

    /** Why no check will ever be run again; empty while all is well. */
    public Optional<String> deadBecause() {
        return deadBecause;
    }

    /** Starts no more runs. Those that are going on are left to themselves. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void runChecks() {
        try {
            while (!closed) {
                awaitDue().forEach(this::begin);
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            if (!closed) {
                LOG.error("Scheduling broke; no check is run any more", e);
                deadBecause = Optional.of("scheduling broke: " + e);
            }
        }
    }

    private List<Timetable.Due> awaitDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<Timetable.Due> due = timetable.takeDue(clock.instant(), System.nanoTime());
            while (due.isEmpty()) {
                long waitNanos = timetable.nanosToNext(System.nanoTime()).orElse(LONGEST_WAIT.toNanos());
                long unused = changed.awaitNanos(waitNanos);
                due = timetable.takeDue(clock.instant(), System.nanoTime());
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void begin(Timetable.Due due) {
        ScheduledCheck check = due.check();
        metrics.late(due.lateNanos());
        if (!inFlight.add(check.path())) {
            metrics.skipped();
            LOG.warn("A check was skipped because its last run is still going check={}", check.path());
            return;
        }
        Instant began = clock.instant();
        if (inFlight.size() > maxInFlight) {
            end(
                    check,
                    began,
                    Outcome.failed(FailureKind.OVERLOADED, "not run: the poller has all the runs it can hold"));
        } else {
            Run.start(check.probe(), loops.next(), check.timeout(), outcome -> end(check, began, outcome));
        }
    }

    private void end(ScheduledCheck check, Instant began, Outcome outcome) {
        inFlight.remove(check.path());
        metrics.ran(check.type(), outcome);
        results.accept(collector.result(check.path(), check.type(), began, outcome));
    }
}
