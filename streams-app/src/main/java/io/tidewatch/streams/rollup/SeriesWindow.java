package io.tidewatch.streams.rollup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One series over one window of the finest resolution: an accumulator for each metric, and the timestamps of the results
 * that are in. A result is known by its series and timestamp, as in storage, so that one that is delivered again, by a
 * producer that repeats itself, counts once. (Kafka's own repetitions never get here: offsets and stores are one
 * transaction.) Coarser windows are merged from these and need no timestamps of their own.
 *
 * <p>Mutable; one thread at a time.
 */
final class SeriesWindow {
    private final SortedSet<Integer> offsetsMs;
    private final SortedMap<String, Accumulator> accumulators;

    SeriesWindow() {
        this(new TreeSet<>(), new TreeMap<>());
    }

    private SeriesWindow(SortedSet<Integer> offsetsMs, SortedMap<String, Accumulator> accumulators) {
        this.offsetsMs = offsetsMs;
        this.accumulators = accumulators;
    }

    /**
     * Remembers that a result is in.
     *
     * @return false when it is already; then its values must not be added
     */
    boolean enter(Instant windowStart, Instant timestamp) {
        return offsetsMs.add(Math.toIntExact(timestamp.toEpochMilli() - windowStart.toEpochMilli()));
    }

    /** The accumulator of a metric, made at its first value. */
    Accumulator metric(String name) {
        return accumulators.computeIfAbsent(name, first -> new Accumulator());
    }

    Map<String, Accumulator> metrics() {
        return Collections.unmodifiableMap(accumulators);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(offsetsMs.size());
        for (int offsetMs : offsetsMs) {
            out.writeInt(offsetMs);
        }
        out.writeInt(accumulators.size());
        for (Map.Entry<String, Accumulator> metric : accumulators.entrySet()) {
            StoreFormat.writeText(out, metric.getKey());
            metric.getValue().write(out);
        }
    }

    static SeriesWindow read(DataInput in) throws IOException {
        SeriesWindow read = new SeriesWindow();
        for (int remaining = in.readInt(); remaining > 0; remaining--) {
            read.offsetsMs.add(in.readInt());
        }
        for (int remaining = in.readInt(); remaining > 0; remaining--) {
            read.accumulators.put(StoreFormat.readText(in), Accumulator.read(in));
        }
        return read;
    }
}
