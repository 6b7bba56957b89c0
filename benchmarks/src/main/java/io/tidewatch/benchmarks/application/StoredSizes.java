package io.tidewatch.benchmarks.application;

import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** How many bytes {@code alarms} and {@code rollups} store for one result of the {@link Fleet}. */
public record StoredSizes(int zoneMemoryBytes) {
    /** Avro's own framing, two bytes and eight of a fingerprint, where ours is a zero byte and four of an id. */
    private static final int FRAMING_SURPLUS_BYTES = 5;

    /**
     * A window of {@code rollups}, which grows from 120 bytes with its first result to 196 with its tenth: the mean.
     *
     * <p>Source: our own measurement of {@code StoreFormat} with a fleet's results.
     */
    public static final int WINDOW_BYTES = 163;

    public static StoredSizes of(CheckResult result, String alarmId) {
        ZoneVote vote = new ZoneVote(State.OK, 100, State.OK, result.getTimestamp(), "20 ms");
        ZoneMemory memory = new ZoneMemory(
                result.getTimestamp(), result.getAvailable(), result.getMetrics(), Map.of(), Map.of(alarmId, vote));
        try {
            return new StoredSizes(memory.toByteBuffer().remaining() - FRAMING_SURPLUS_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("A sample of what is stored can't be encoded", e);
        }
    }
}
