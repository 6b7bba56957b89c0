package io.tidewatch.poller.probe;

import io.tidewatch.schema.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects the metrics of one run, each with the type and unit that its name stands for. One thread. */
public final class Measurements {
    /** What a measured number counts, spelled as in results. */
    public enum Unit {
        MILLISECONDS,
        SECONDS,
        BYTES,
        PERCENT,
        PACKETS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    /** A whole number. */
    public Measurements integer(String name, long value, Unit unit) {
        return put(name, value, unit.toString());
    }

    /** A number with a fraction. */
    public Measurements decimal(String name, double value, Unit unit) {
        return put(name, value, unit.toString());
    }

    /** A time in nanoseconds, to become whole milliseconds. */
    public Measurements duration(String name, long nanos) {
        return integer(name, Math.round(nanos / NANOS_PER_MILLI), Unit.MILLISECONDS);
    }

    public Measurements text(String name, String value) {
        return put(name, value, null);
    }

    public Map<String, Metric> toMap() {
        return Map.copyOf(metrics);
    }

    /** A time in nanoseconds as a status line has it, such as {@code 0.257s}. */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3fs", nanos / NANOS_PER_SECOND);
    }

    // The generated class takes null for "no unit", but is not annotated so.
    private Measurements put(String name, Object value, @Nullable String unit) {
        metrics.put(name, new Metric(value, unit));
        return this;
    }
}
