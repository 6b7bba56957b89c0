package io.tidewatch.system.fuzz;

import io.tidewatch.system.drills.Pause;
import java.time.Duration;

/** Lets so much through in a second. Any thread. */
final class Pace {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final long aSecond;
    private long nextNanos = System.nanoTime();

    Pace(long aSecond) {
        this.aSecond = aSecond;
    }

    /** Waits for one's turn. */
    void await() {
        await(1);
    }

    /** @param cost how much of what a second lets through */
    void await(long cost) {
        Pause.until(turn(cost));
    }

    private synchronized long turn(long cost) {
        long turn = Math.max(System.nanoTime(), nextNanos);
        nextNanos = turn + cost * SECOND_NANOS / aSecond;
        return turn;
    }
}
