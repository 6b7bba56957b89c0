package io.tidewatch.poller.schedule;

import io.tidewatch.topics.CheckPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * The moments at which a check is due: every {@code periodMs}, {@code offsetMs} after a whole number of periods since the
 * epoch. The offset comes from a hash of check and zone: checks spread evenly, the zones of one check interleave, and a
 * restart changes nothing. Moments follow from the epoch and not from the run before, so that nothing drifts. Immutable.
 *
 * <p>Source: Prometheus places its scrapes in this way.
 */
record Slots(long periodMs, long offsetMs) {
    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    Slots {
        if (periodMs <= 0 || offsetMs < 0 || offsetMs >= periodMs) {
            throw new IllegalArgumentException("no slots " + offsetMs + " ms into a period of " + periodMs + " ms");
        }
    }

    static Slots of(CheckPath check, String zoneId, Duration period) {
        long hash = hash64(check + "\n" + zoneId);
        return new Slots(period.toMillis(), Long.remainderUnsigned(hash, period.toMillis()));
    }

    /** The first slot later than the given moment. */
    Instant firstAfter(Instant now) {
        long periods = Math.floorDiv(now.toEpochMilli() - offsetMs, periodMs);
        return Instant.ofEpochMilli((periods + 1) * periodMs + offsetMs);
    }

    /**
     * The slot to wait for after the one that has just come up. A timer that was a little early, against the wall clock,
     * must not get the same slot again; a wall clock that was set back must not silence a check for as long.
     */
    Instant next(Instant due, Instant now) {
        boolean early = now.isBefore(due) && now.plusMillis(periodMs / 2).isAfter(due);
        return firstAfter(early ? due : now);
    }

    /** Source: FNV-1a, 64 bits, then the finalizer of MurmurHash3, because the low bits of FNV alone are uneven. */
    private static long hash64(String text) {
        long hash = FNV_OFFSET_BASIS;
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ Byte.toUnsignedLong(octet)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
