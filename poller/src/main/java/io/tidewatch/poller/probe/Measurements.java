package io.tidewatch.poller.probe;

import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.MetricType;
import io.tidewatch.schema.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects the metrics of one run, each with the unit that it is declared with. One thread. */
public final class Measurements {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    public Measurements integer(DeclaredMetric metric, long value) {
        return put(metric, MetricType.INTEGER, value);
    }

    public Measurements decimal(DeclaredMetric metric, double value) {
        return put(metric, MetricType.DECIMAL, value);
    }

    /** A time in nanoseconds, as a metric in whole milliseconds. */
    public Measurements duration(DeclaredMetric metric, long nanos) {
        return integer(metric, Math.round(nanos / NANOS_PER_MILLI));
    }

    public Measurements text(DeclaredMetric metric, String value) {
        return put(metric, MetricType.TEXT, value);
    }

    public Map<String, Metric> toMap() {
        return Map.copyOf(metrics);
    }

    /** A time in nanoseconds as a status line has it, such as {@code 0.257s}. */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3fs", nanos / NANOS_PER_SECOND);
    }

    private Measurements put(DeclaredMetric metric, MetricType type, Object value) {
        if (metric.type() != type) {
            throw new IllegalArgumentException(metric.name() + " is declared as " + metric.type() + ", not " + type);
        }
        metrics.put(metric.name(), new Metric(value, unit(metric)));
        return this;
    }

    /** The generated class takes null for "no unit", but is not annotated so. */
    private static @Nullable String unit(DeclaredMetric metric) {
        return metric.unit().word().orElse(null);
    }
}
