package io.tidewatch.poller.probe;

import io.netty.channel.EventLoop;
import io.tidewatch.schema.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a check: one event loop, one deadline, one outcome. Everything but {@link #execute} and the measuring of time
 * is called on the run's event loop. After its outcome is there, a run ignores whatever else is reported to it, and has
 * released what it held.
 */
public final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final EventLoop loop;
    private final Duration timeout;
    private final Consumer<Outcome> whenFinished;
    private final long startedNanos = System.nanoTime();
    private final List<Runnable> releases = new ArrayList<>();
    private Phase phase = Phase.RESOLVE;
    private Supplier<Outcome> atDeadline = this::timedOut;
    private boolean finished;

    private Run(EventLoop loop, Duration timeout, Consumer<Outcome> whenFinished) {
        this.loop = loop;
        this.timeout = timeout;
        this.whenFinished = whenFinished;
    }

    /**
     * Starts a run and returns at once; the time begins to count now.
     *
     * @param whenFinished gets the outcome, exactly once, on the event loop, after {@code timeout} at the latest
     */
    public static void start(Probe probe, EventLoop loop, Duration timeout, Consumer<Outcome> whenFinished) {
        Run run = new Run(loop, timeout, whenFinished);
        run.execute(() -> {
            run.scheduleDeadline();
            probe.begin(run);
        });
    }

    /** The one thread of this run. */
    public EventLoop loop() {
        return loop;
    }

    /** What the run may take from its start to its outcome. */
    public Duration timeout() {
        return timeout;
    }

    /** Nanoseconds since the start, on the monotonic clock. Any thread. */
    public long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    /** Goes on with the run on its event loop, from any thread; not when there is an outcome already. */
    public void execute(Runnable step) {
        if (loop.inEventLoop()) {
            attempt(step);
        } else {
            loop.execute(() -> attempt(step));
        }
    }

    /** Says what the run is waiting for from now on. */
    public void enter(Phase next) {
        phase = next;
    }

    /** Gives the outcome of a run that is still going at its deadline, for a check to which waiting in vain says something. */
    public void atDeadline(Supplier<Outcome> outcome) {
        atDeadline = outcome;
    }

    /** Hands over something that has to be released when the run ends; at once if it has ended already. */
    public void releaseAtEnd(Runnable release) {
        if (finished) {
            release.run();
        } else {
            releases.add(release);
        }
    }

    /** Ends the run with a failure. */
    public void fail(FailureKind kind, String status) {
        finish(Outcome.failed(kind, status));
    }

    /** Ends the run. */
    public void finish(Outcome outcome) {
        if (!finished) {
            finished = true;
            releases.forEach(Runnable::run);
            whenFinished.accept(outcome);
        }
    }

    /** Ends the run with an outcome that takes long to work out, and so is worked out elsewhere. */
    public void finishWith(Executor elsewhere, Supplier<Outcome> outcome) {
        elsewhere.execute(() -> {
            try {
                Outcome result = outcome.get();
                execute(() -> finish(result));
            } catch (RuntimeException | Error e) {
                execute(() -> broken(e));
            }
        });
    }

    private void scheduleDeadline() {
        long remainingNanos = Math.max(0, timeout.toNanos() - elapsedNanos());
        var deadline =
                loop.schedule(() -> attempt(() -> finish(atDeadline.get())), remainingNanos, TimeUnit.NANOSECONDS);
        releaseAtEnd(() -> deadline.cancel(false));
    }

    private Outcome timedOut() {
        return Outcome.failed(
                phase.timeout(),
                "timed out after " + Measurements.seconds(timeout.toNanos()) + " " + phase.description());
    }

    private void attempt(Runnable step) {
        if (finished) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            broken(e);
        }
    }

    private void broken(Throwable fault) {
        LOG.error("A check's run broke on a fault of the poller", fault);
        fail(FailureKind.INTERNAL_ERROR, "the poller failed");
    }
}
