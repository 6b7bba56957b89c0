package io.tidewatch.poller.remote.ping;

import io.tidewatch.checks.remote.RemotePing;
import io.tidewatch.poller.probe.Measurements;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Phase;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.schema.FailureKind;
import java.net.InetAddress;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.concurrent.TimeUnit;

/** The echoes of one run. Ends when all have been answered, or at the run's deadline. On the run's event loop. */
final class PingSeries {
    /** The pause between two requests; shorter where a run's time would not do. */
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Run run;
    private final Pinger pinger;
    private final InetAddress address;
    private final int count;
    private final long pauseNanos;
    private final LongSummaryStatistics roundTripNanos = new LongSummaryStatistics();

    PingSeries(Run run, Pinger pinger, InetAddress address, int count) {
        this.run = run;
        this.pinger = pinger;
        this.address = address;
        this.count = count;
        this.pauseNanos = Math.min(MAX_PAUSE_NANOS, run.timeout().toNanos() / (2L * count));
    }

    void begin() {
        run.enter(Phase.READ);
        run.atDeadline(this::outcome);
        send(1);
    }

    private void send(int sequence) {
        long token = pinger.echo(address, sequence, nanos -> run.execute(() -> replied(nanos)));
        run.releaseAtEnd(() -> pinger.forget(token));
        if (sequence < count) {
            var next =
                    run.loop().schedule(() -> run.execute(() -> send(sequence + 1)), pauseNanos, TimeUnit.NANOSECONDS);
            run.releaseAtEnd(() -> next.cancel(false));
        }
    }

    private void replied(long nanos) {
        roundTripNanos.accept(nanos);
        if (roundTripNanos.getCount() == count) {
            run.finish(outcome());
        }
    }

    private Outcome outcome() {
        double available = 100.0 * roundTripNanos.getCount() / count;
        Measurements measured =
                new Measurements().integer(RemotePing.SENT, count).decimal(RemotePing.ANSWERED, available);
        if (roundTripNanos.getCount() == 0) {
            return new Outcome.Unavailable(
                    FailureKind.READ_TIMEOUT, "cnt=" + count + ",avail=0: no reply", measured.toMap());
        }
        double minimum = roundTripNanos.getMin() / NANOS_PER_MILLI;
        double maximum = roundTripNanos.getMax() / NANOS_PER_MILLI;
        double average = roundTripNanos.getAverage() / NANOS_PER_MILLI;
        measured.decimal(RemotePing.MINIMUM, minimum)
                .decimal(RemotePing.MAXIMUM, maximum)
                .decimal(RemotePing.AVERAGE, average);
        String status = String.format(
                Locale.ROOT,
                "cnt=%d,avail=%.0f,min=%.3fms,max=%.3fms,avg=%.3fms",
                count,
                available,
                minimum,
                maximum,
                average);
        return new Outcome.Available(status, measured.toMap());
    }
}
