package io.tidewatch.benchmarks.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The first transition of each partition that was decided by a result from after a kill. Thread-safe: one thread kills and
 * asks, another one tells what arrives.
 */
final class FirstTransitions {
    private final Map<Integer, Long> firstNanos = new HashMap<>();
    private Instant killedAt = Instant.MAX;
    private long killedAtNanos;
    private Instant newest = Instant.MIN;

    /** Begins anew: from now on counts what was produced after this. */
    synchronized void killed(Instant at, long atNanos) {
        firstNanos.clear();
        killedAt = at;
        killedAtNanos = atNanos;
    }

    /**
     * @param partition of the input, and so the task
     * @param decidedAt the time of the result that decided
     */
    synchronized void arrived(int partition, Instant decidedAt, long atNanos) {
        if (decidedAt.isAfter(newest)) {
            newest = decidedAt;
        }
        if (decidedAt.isAfter(killedAt)) {
            firstNanos.putIfAbsent(partition, atNanos);
        }
    }

    /** The newest time of a result that was decided by, of all partitions. */
    synchronized Instant newest() {
        return newest;
    }

    synchronized boolean hasEach(Collection<Integer> partitions) {
        return firstNanos.keySet().containsAll(partitions);
    }

    /** From the kill to the first one of any of these partitions; empty while there is none. */
    synchronized Optional<Duration> first(Collection<Integer> partitions) {
        return partitions.stream()
                .filter(firstNanos::containsKey)
                .map(firstNanos::get)
                .min(Long::compare)
                .map(this::sinceKill);
    }

    /** From the kill until each of these partitions has had one; empty while one has not. */
    synchronized Optional<Duration> onEach(Collection<Integer> partitions) {
        return hasEach(partitions)
                ? partitions.stream().map(firstNanos::get).max(Long::compare).map(this::sinceKill)
                : Optional.empty();
    }

    private Duration sinceKill(long atNanos) {
        return Duration.ofNanos(atNanos - killedAtNanos);
    }
}
