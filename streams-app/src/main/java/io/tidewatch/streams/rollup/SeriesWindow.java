package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * <p>It is a record of a changelog, is read and written for each result, and anybody who sends results decides what is in it.
 * So all that it holds is bounded: what comes first stays, and what would be too much is left out. All of it together has
 * {@link #mostBytes}.
 *
 * <p>Mutable; one thread at a time.
 */
final class SeriesWindow {
    /** More than three a second. Source: derived; the results' table is made for one a second. */
    static final int MAX_RESULTS = 1_000;

    /** Names of metrics, of numbers and texts together. Source: derived; four times as many as one result may have. */
    static final int MAX_METRICS = 2_000;

    /** Different texts of all metrics: 144 KiB at most. Source: derived; 80, the longest match, for 600 results. */
    static final int MAX_TEXT_CHARS = 48 * 1024;

    /** Changes of texts of all metrics, each of which is published. Source: derived; more than some for each result. */
    static final int MAX_TEXT_CHANGES = 4_000;

    /**
     * Far below what Kafka takes, because it is read and written for each result. A metric has some 120 bytes, and up to 900:
     * a name of 386, a unit of 198, 11 numbers, and 32 values of 9 each, or a sketch in their place. Source: measured here,
     * 10 ms for a result of such a window; derived, 2000 usual metrics fit.
     */
    private static final int MAX_BYTES_WITH_RESULTS = 256 * 1024;

    /** Windows that are merged from others are written rarely. Source: what {@code BoundedSerializer} lets through. */
    private static final int MAX_BYTES_MERGED = 800 * 1024;

    /** The coarsest sketches: quantiles within 16 %. */
    private static final int MAX_STEP = 16;

    private final Instant start;
    private final SortedSet<Integer> offsetsMs = new TreeSet<>();
    private final SortedMap<String, Accumulator> accumulators = new TreeMap<>();
    private final SortedMap<String, TextObservations> texts = new TreeMap<>();
    private int textChars;
    private int textChanges;
    private boolean complete = true;
    private int step = 1;

    SeriesWindow(Instant start) {
        this.start = start;
    }

    Instant start() {
        return start;
    }

    /** How many bytes it may have in the store. */
    int mostBytes() {
        return offsetsMs.isEmpty() ? MAX_BYTES_MERGED : MAX_BYTES_WITH_RESULTS;
    }

    /** Whether another result may be in. */
    boolean isFull() {
        return offsetsMs.size() >= MAX_RESULTS;
    }

    /**
     * Remembers that a result is in.
     *
     * @return false when it is already; then its values must not be added
     */
    boolean enter(Instant timestamp) {
        return offsetsMs.add(offsetMs(timestamp));
    }

    /** Whether so many further names may be added. */
    boolean hasRoomFor(int metrics) {
        return accumulators.size() + texts.size() + metrics <= MAX_METRICS;
    }

    /** Whether so many metrics may be added, whatever they are. */
    boolean hasRoomForAny(int metrics) {
        return hasRoomFor(metrics)
                && textChars + metrics * TextObservations.MAX_LENGTH <= MAX_TEXT_CHARS
                && textChanges + metrics <= MAX_TEXT_CHANGES;
    }

    /**
     * Takes in a value.
     *
     * @param unit null when the value came without one
     * @return false when there are too many metrics for another one; then nothing has changed
     * @throws IllegalArgumentException when {@link QuantileSketch#accepts} would have said no
     */
    boolean addNumber(String metric, double value, Instant timestamp, @Nullable String unit) {
        Accumulator accumulator = accumulators.get(metric);
        if (accumulator == null) {
            if (!hasRoomFor(1)) {
                return false;
            }
            accumulator = new Accumulator();
            accumulators.put(metric, accumulator);
        }
        accumulator.add(value, timestamp, unit);
        return true;
    }

    /**
     * Takes in a text.
     *
     * @return false when there are too many metrics or texts for another one; then nothing has changed
     */
    boolean addText(String metric, String text, Instant timestamp) {
        TextObservations known = texts.get(metric);
        if (known == null && !hasRoomFor(1)) {
            return false;
        }
        TextObservations observations = known == null ? new TextObservations() : known;
        TextObservations.Room room =
                new TextObservations.Room(MAX_TEXT_CHARS - textChars, MAX_TEXT_CHANGES - textChanges);
        textChars -= observations.chars();
        textChanges -= observations.changes();
        boolean added = observations.add(offsetMs(timestamp), text, room);
        count(observations);
        if (added) {
            texts.put(metric, observations);
        }
        return added;
    }

    /**
     * Takes in the accumulators of a finer window that lies in this one; that one stays as it is. Names that would be too
     * many are left out, those of later windows and later in the alphabet.
     */
    void merge(SeriesWindow finer) {
        finer.accumulators.forEach((metric, accumulator) -> {
            if (accumulators.containsKey(metric) || hasRoomFor(1)) {
                accumulators.computeIfAbsent(metric, first -> new Accumulator()).merge(accumulator);
            } else {
                complete = false;
            }
        });
    }

    /** Whether it has all that was merged into it, as exactly as it was there. */
    boolean isComplete() {
        return complete;
    }

    /** Makes it smaller, all its quantiles less accurate, and loses nothing else. Once is enough. */
    void coarsen() {
        accumulators.values().forEach(accumulator -> accumulator.coarsen(MAX_STEP));
    }

    /**
     * Makes it smaller: less accurate sketches at first, and when they are as coarse as they may be, fewer metrics. The
     * check's availability stays. Called again and again, it comes below any size.
     */
    void thin() {
        complete = false;
        if (step < MAX_STEP) {
            step *= 2;
            accumulators.values().forEach(accumulator -> accumulator.coarsen(step));
        } else {
            List<String> metrics = new ArrayList<>(accumulators.keySet());
            metrics.remove(Series.AVAILABILITY);
            accumulators.keySet().removeAll(metrics.subList(metrics.size() / 2, metrics.size()));
        }
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
            String metric = in.readText();
            TextObservations observations = TextObservations.read(in, read.offsetsMs);
            read.texts.put(metric, observations);
            read.count(observations);
        }
        return read;
    }

    private void count(TextObservations observations) {
        textChars += observations.chars();
        textChanges += observations.changes();
    }

    private int offsetMs(Instant timestamp) {
        return Math.toIntExact(timestamp.toEpochMilli() - start.toEpochMilli());
    }
}
