package io.tidewatch.benchmarks.throughput;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How fast an input of known size is worked off, without the start: from when a tenth of it is committed to when all of it
 * is. Told of the progress by whoever looks; one thread.
 */
public final class Throughput {
    private static final int LEFT_OUT = 10;

    private final long all;
    private @Nullable Look first;
    private @Nullable Look last;

    /**
     * One look at the progress.
     *
     * @param committed how much is worked off
     * @param cpuNanos what the threads at work have used of a processor since they exist
     */
    public record Look(long committed, long atNanos, long cpuNanos) {}

    Throughput(long all) {
        this.all = all;
    }

    /**
     * Looks again and again, on the caller's thread, until all is worked off.
     *
     * @throws IllegalStateException when that takes too long
     */
    public static Throughput watched(long all, Duration every, Duration within, Supplier<Look> look) {
        Throughput throughput = new Throughput(all);
        long deadline = System.nanoTime() + within.toNanos();
        while (!throughput.saw(look.get())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Not all of " + all + " records were worked off in time");
            }
            LockSupport.parkNanos(every.toNanos());
        }
        return throughput;
    }

    /** @return whether everything is committed */
    boolean saw(Look look) {
        if (first == null && look.committed() * LEFT_OUT >= all) {
            first = look;
        }
        last = look;
        return look.committed() >= all;
    }

    /** Not a number when all was there at the first look. */
    public double perSecond() {
        return first == null || last == null || last.committed() == first.committed()
                ? Double.NaN
                : (last.committed() - first.committed())
                        * (double) TimeUnit.SECONDS.toNanos(1)
                        / (last.atNanos() - first.atNanos());
    }

    /** Microseconds of a processor for each; not a number when all was there at the first look. */
    public double cpuMicrosEach() {
        return first == null || last == null || last.committed() == first.committed()
                ? Double.NaN
                : (last.cpuNanos() - first.cpuNanos())
                        / (double) TimeUnit.MICROSECONDS.toNanos(1)
                        / (last.committed() - first.committed());
    }
}
