package io.tidewatch.system.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record for {@code check-results} as bytes.
 *
 * @param partition null for the one that the key says
 * @param timestampMs null for now
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as they are sent, that nobody compares.
record RawRecord(
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable Integer partition,
        @Nullable Long timestampMs,
        Map<String, byte[]> headers,
        Fate fate) {
    private static final int SHOWN_BYTES = 200;

    /** What has to become of it. */
    enum Fate {
        /** Processed or put aside: both are counted. */
        EITHER,
        /** No application can make sense of it: there has to be one dead letter. */
        DEAD
    }

    static RawRecord of(String key, byte @Nullable [] value) {
        return new RawRecord(key.getBytes(StandardCharsets.UTF_8), value, null, null, Map.of(), RawRecord.Fate.EITHER);
    }

    RawRecord dead() {
        return new RawRecord(key, value, partition, timestampMs, headers, Fate.DEAD);
    }

    RawRecord withKey(byte @Nullable [] other) {
        return new RawRecord(other, value, partition, timestampMs, headers, fate);
    }

    RawRecord on(int otherPartition) {
        return new RawRecord(key, value, otherPartition, timestampMs, headers, fate);
    }

    RawRecord at(long otherTimestampMs) {
        return new RawRecord(key, value, partition, otherTimestampMs, headers, fate);
    }

    RawRecord with(Map<String, byte[]> others) {
        return new RawRecord(key, value, partition, timestampMs, others, fate);
    }

    /** Of key, value and the values of headers. */
    int bytes() {
        return length(key)
                + length(value)
                + headers.values().stream().mapToInt(RawRecord::length).sum();
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public String toString() {
        return "key " + hex(key) + ", value " + hex(value) + ", partition " + partition + ", timestamp " + timestampMs
                + ", " + headers.size() + " headers";
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null
                ? "null"
                : HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_BYTES))
                        + (bytes.length > SHOWN_BYTES ? "…" : "") + " (" + bytes.length + " bytes)";
    }
}
