package io.tidewatch.results;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.AvroSize;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How large a check result and its parts may be, whoever made it: the gateway refuses others at its door, and whoever reads
 * {@code check-results} puts them aside. So everything that is made of a result further down, a key of Cassandra, a rollup's
 * window, an alarm's memory, has a known largest size.
 *
 * <p>Characters are UTF-16 units, as {@link String#length} counts them: at most three bytes each in UTF-8. Immutable.
 */
public final class ResultBounds {
    /** Source: our own; tenants' ids are short wherever we have seen any, and a path begins with one. */
    public static final int MAX_TENANT_CHARS = 64;

    /**
     * The ids of entities, checks, zones, collectors and results, and a check's type. The longest key that is made of them is
     * that of rollups and texts in Cassandra: a tenant, three ids and a day, 64 × 3 + 3 × 255 × 3 + 4 bytes and 3 more for
     * each of the five, 2 506 in all; and in Kafka the same with a metric. Source: Cassandra's limit for a partition key and
     * for each clustering column, 65 535 bytes ({@code FBUtilities.MAX_UNSIGNED_SHORT}).
     */
    public static final int MAX_ID_CHARS = 255;

    /** Source: the status limit of Rackspace's poller and agents. */
    public static final int MAX_STATUS_CHARS = 256;

    /** Source: our own; the largest agent's checks that we have seen have some 300 metrics. */
    public static final int MAX_METRICS = 500;

    /** A metric's name has at least one and at most so many. Source: the limit of a name in alarm criteria. */
    public static final int MAX_METRIC_NAME_CHARS = 128;

    /** Source: the longest body that {@code remote.http} includes in its metrics. */
    public static final int MAX_TEXT_CHARS = 4096;

    /** Source: our own; units are words. */
    public static final int MAX_UNIT_CHARS = 64;

    /**
     * The whole result in Avro's binary form. An alarm's event and memory repeat its metrics, and have to fit a record of
     * Kafka's usual 1 MiB beside all else that they hold. Source: derived; 500 metrics of 500 bytes each fit.
     */
    public static final int MAX_BYTES = 256 * 1024;

    /** A UTF-16 unit in UTF-8; two units of a pair are four bytes. */
    private static final int MAX_BYTES_A_CHAR = 3;

    /** All fields but texts: seven lengths of two bytes, two times of ten, and what is one byte. */
    private static final int MAX_FIXED_BYTES = 64;

    /** Of a metric, all but its texts: two lengths, the length or value of the value, and two bytes that say which. */
    private static final int MAX_FIXED_METRIC_BYTES = 20;

    private ResultBounds() {}

    /**
     * What is wrong with a result's sizes, as the rest of a sentence that begins with "The result's"; empty if nothing is.
     * Costs next to nothing for a result that is far below {@link #MAX_BYTES}, as nearly all are.
     */
    public static Optional<String> objection(CheckResult result) {
        return tooLong("tenant_id", result.getTenantId(), MAX_TENANT_CHARS)
                .or(() -> tooLong("entity_id", result.getEntityId(), MAX_ID_CHARS))
                .or(() -> tooLong("check_id", result.getCheckId(), MAX_ID_CHARS))
                .or(() -> tooLong("zone_id", result.getZoneId(), MAX_ID_CHARS))
                .or(() -> tooLong("collector_id", result.getCollectorId(), MAX_ID_CHARS))
                .or(() -> tooLong("result_id", result.getResultId(), MAX_ID_CHARS))
                .or(() -> tooLong("check_type", result.getCheckType(), MAX_ID_CHARS))
                .or(() -> tooLong("status", result.getStatus(), MAX_STATUS_CHARS))
                .or(() -> metricsObjection(result.getMetrics()))
                .or(() -> sizeObjection(result));
    }

    /** The size of a result in Avro's binary form, without what precedes it in a record. */
    public static int bytes(CheckResult result) {
        return AvroSize.bytes(result);
    }

    private static Optional<String> tooLong(String field, @Nullable CharSequence text, int maxChars) {
        return text == null || text.length() <= maxChars
                ? Optional.empty()
                : Optional.of(field + " has " + text.length() + " characters, but may have at most " + maxChars);
    }

    private static Optional<String> metricsObjection(Map<String, Metric> metrics) {
        if (metrics.size() > MAX_METRICS) {
            return Optional.of("metrics are " + metrics.size() + ", but may be at most " + MAX_METRICS);
        }
        for (Map.Entry<String, Metric> metric : metrics.entrySet()) {
            Optional<String> objection = metricObjection(metric.getKey(), metric.getValue());
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> metricObjection(String name, Metric metric) {
        if (name.isEmpty() || name.length() > MAX_METRIC_NAME_CHARS) {
            return Optional.of("metrics have a name of " + name.length() + " characters, but names have 1 to "
                    + MAX_METRIC_NAME_CHARS);
        }
        return metric.getValue() instanceof CharSequence text && text.length() > MAX_TEXT_CHARS
                ? tooLong("metric '" + name + "'", text, MAX_TEXT_CHARS)
                : unitObjection(name, metric.getUnit());
    }

    private static Optional<String> unitObjection(String name, @Nullable String unit) {
        return unit == null || unit.length() <= MAX_UNIT_CHARS
                ? Optional.empty()
                : tooLong("unit of the metric '" + name + "'", unit, MAX_UNIT_CHARS);
    }

    /** Only a result that could be too large is written to see whether it is. */
    private static Optional<String> sizeObjection(CheckResult result) {
        if (mostBytes(result) <= MAX_BYTES) {
            return Optional.empty();
        }
        int bytes = bytes(result);
        return bytes <= MAX_BYTES
                ? Optional.empty()
                : Optional.of("size is " + bytes + " bytes as Avro, but may be at most " + MAX_BYTES
                        + ": send fewer or shorter metrics");
    }

    /** No less than {@link #bytes}. All texts are known not to be longer than they may. */
    private static int mostBytes(CheckResult result) {
        int chars = MAX_TENANT_CHARS + 6 * MAX_ID_CHARS + MAX_STATUS_CHARS;
        for (Map.Entry<String, Metric> entry : result.getMetrics().entrySet()) {
            Metric metric = entry.getValue();
            chars += entry.getKey().length();
            chars += metric.getValue() instanceof CharSequence text ? text.length() : 0;
            chars += metric.getUnit() == null ? 0 : metric.getUnit().length();
        }
        return MAX_FIXED_BYTES + result.getMetrics().size() * MAX_FIXED_METRIC_BYTES + chars * MAX_BYTES_A_CHAR;
    }
}
