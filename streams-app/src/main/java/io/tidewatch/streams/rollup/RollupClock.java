package io.tidewatch.streams.rollup;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far a task has come in event time, kept in a store of its own, because a task that moves or restarts has to judge
 * lateness as before. Belongs to one stream task and its thread.
 */
final class RollupClock {
    private static final String NEWEST = "newest";
    private static final String LOOKED_UNTIL = "looked-until";

    private final KeyValueStore<String, Long> store;
    private Instant newest;
    private Instant stored;
    private Instant lookedUntil;

    RollupClock(KeyValueStore<String, Long> store) {
        this.store = store;
        this.stored = read(NEWEST);
        this.newest = stored;
        this.lookedUntil = read(LOOKED_UNTIL);
    }

    /** Takes in the time of a result. */
    void advanceTo(Instant timestamp) {
        newest = latest(newest, timestamp);
    }

    /** The newest result's time, but for a collector whose clock is ahead. */
    Instant eventTime(Instant now) {
        return newest.isAfter(now) ? now : newest;
    }

    /** Windows that end here or before have been published, but for those that are listed as unpublished. */
    Instant lookedUntil() {
        return lookedUntil;
    }

    /** Remembers that windows until then are now published. Also one that has been reached already is worth a call. */
    void setLookedUntil(Instant until) {
        if (until.isAfter(lookedUntil)) {
            lookedUntil = until;
            store.put(LOOKED_UNTIL, until.toEpochMilli());
        }
        if (newest.isAfter(stored)) {
            stored = newest;
            store.put(NEWEST, newest.toEpochMilli());
        }
    }

    private Instant read(String name) {
        return Optional.ofNullable(store.get(name)).map(Instant::ofEpochMilli).orElse(Instant.EPOCH);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
