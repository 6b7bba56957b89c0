package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.QuantileSketch;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One series over one window: an accumulator for each numeric metric. A window of the finest resolution also has the texts
 * of each text metric, and the timestamps of the results that are in. A result is known by its series and timestamp, as in
 * storage, so that one that is delivered again, by a producer that repeats itself, counts once. (Kafka's own repetitions
 * never get here: offsets and stores are one transaction.) Coarser windows are merged from these and need neither.
 *
 * <p>Mutable; one thread at a time.
 */
final class SeriesWindow {
    private final Instant start;
    private final SortedSet<Integer> offsetsMs = new TreeSet<>();
    private final SortedMap<String, Accumulator> accumulators = new TreeMap<>();
    private final SortedMap<String, TextObservations> texts = new TreeMap<>();

    SeriesWindow(Instant start) {
        this.start = start;
    }

    Instant start() {
        return start;
    }

    /**
     * Remembers that a result is in.
     *
     * @return false when it is already; then its values must not be added
     */
    boolean enter(Instant timestamp) {
        return offsetsMs.add(offsetMs(timestamp));
    }

    /**
     * Takes in a value.
     *
     * @param unit null when the value came without one
     * @throws IllegalArgumentException when {@link QuantileSketch#accepts} would have said no
     */
    void addNumber(String metric, double value, Instant timestamp, @Nullable String unit) {
        accumulators.computeIfAbsent(metric, first -> new Accumulator()).add(value, timestamp, unit);
    }

    void addText(String metric, String text, Instant timestamp) {
        texts.computeIfAbsent(metric, first -> new TextObservations()).add(offsetMs(timestamp), text);
    }

    /** Takes in the accumulators of a finer window that lies in this one; that one stays as it is. */
    void merge(SeriesWindow finer) {
        finer.accumulators.forEach((metric, accumulator) ->
                accumulators.computeIfAbsent(metric, first -> new Accumulator()).merge(accumulator));
    }

    Map<String, Accumulator> metrics() {
        return Collections.unmodifiableMap(accumulators);
    }

    Map<String, TextObservations> texts() {
        return Collections.unmodifiableMap(texts);
    }

    void write(StoreOutput out) {
        out.writeWhole(start.toEpochMilli());
        out.writeWhole(offsetsMs.size());
        int before = 0;
        for (int offsetMs : offsetsMs) {
            out.writeWhole(offsetMs - before);
            before = offsetMs;
        }
        out.writeWhole(accumulators.size());
        accumulators.forEach((metric, accumulator) -> {
            out.writeText(metric);
            accumulator.write(out, start);
        });
        out.writeWhole(texts.size());
        texts.forEach((metric, observations) -> {
            out.writeText(metric);
            observations.write(out, offsetsMs);
        });
    }

    static SeriesWindow read(StoreInput in) {
        SeriesWindow read = new SeriesWindow(Instant.ofEpochMilli(in.readWhole()));
        int offsetMs = 0;
        for (int remaining = in.readSmall(); remaining > 0; remaining--) {
            offsetMs += in.readSmall();
            read.offsetsMs.add(offsetMs);
        }
        for (int remaining = in.readSmall(); remaining > 0; remaining--) {
            read.accumulators.put(in.readText(), Accumulator.read(in, read.start));
        }
        for (int remaining = in.readSmall(); remaining > 0; remaining--) {
            read.texts.put(in.readText(), TextObservations.read(in, read.offsetsMs));
        }
        return read;
    }

    private int offsetMs(Instant timestamp) {
        return Math.toIntExact(timestamp.toEpochMilli() - start.toEpochMilli());
    }
}
