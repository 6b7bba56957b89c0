package io.tidewatch.streams.alarm;

import com.google.re2j.Pattern;
import io.tidewatch.criteria.CanonicalForm;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One observation as one alarm sees it: the event that Esper evaluates. Its methods are the vocabulary of the EPL that
 * {@link CriteriaShape} writes; a value that is undefined is null there, and EPL makes a comparison with null not hold.
 *
 * <p>Public, because Esper's generated classes call it; nobody else does. Confined to the stream task's thread.
 */
public final class Observed {
    private static final double MILLIS_PER_SECOND = 1000.0;

    private final WatchedAlarm alarm;
    private final CheckResult result;
    private final @Nullable ZoneMemory before;
    private final String zone;
    private final long horizon;

    /**
     * @param before what was remembered of the zone before this result; null for its first
     * @param newestAt the newest observation time of the check, in milliseconds since the epoch
     */
    Observed(WatchedAlarm alarm, CheckResult result, @Nullable ZoneMemory before, String zone, long newestAt) {
        this.alarm = alarm;
        this.result = result;
        this.before = before;
        this.zone = zone;
        this.horizon = newestAt - alarm.window().toMillis();
    }

    // What alarms.epl counts and votes with.

    /** The number of the statement that evaluates this event. */
    public int getShape() {
        return alarm.shape();
    }

    public String getAlarm() {
        return alarm.key();
    }

    /** The zone; empty for an agent's check. */
    public String getZone() {
        return zone;
    }

    public long getObservedAt() {
        return result.getTimestamp().toEpochMilli();
    }

    /** Observations before this time, in milliseconds since the epoch, are too old to count. */
    public long getHorizon() {
        return horizon;
    }

    public int getConsecutiveCount() {
        return alarm.consecutiveCount();
    }

    /** How many zones have to agree; 0 when the zone just observed decides alone. */
    public int getVotesNeeded() {
        return alarm.votesNeeded();
    }

    // What a criteria asks.

    public boolean available() {
        return result.getAvailable();
    }

    public boolean carries(int metric) {
        return result.getMetrics().containsKey(name(metric));
    }

    public boolean numeric(int metric) {
        return metric(metric) instanceof Number;
    }

    /** Whether the value is a string, or a boolean, which compares as one. */
    public boolean textual(int metric) {
        Object value = metric(metric);
        return value instanceof String || value instanceof Boolean;
    }

    /** The metric's value in this observation. */
    public @Nullable Object metric(int metric) {
        return value(name(metric));
    }

    /** The metric's value in the zone's newest earlier available observation that carried it. */
    public @Nullable Object previous(int metric) {
        if (before == null) {
            return null;
        }
        Metric newest = newestBefore(metric);
        if (newest != null) {
            return newest.getValue();
        }
        CarriedMetric carried = before.getCarried().get(name(metric));
        return carried == null ? null : carried.getValue();
    }

    /** Seconds since the observation that {@link #previous} speaks of. */
    public @Nullable Double secondsSincePrevious(int metric) {
        if (before == null) {
            return null;
        }
        if (newestBefore(metric) != null) {
            return secondsSince(before.getTimestamp());
        }
        CarriedMetric carried = before.getCarried().get(name(metric));
        return carried == null ? null : secondsSince(carried.getTimestamp());
    }

    public Object literal(int index) {
        return alarm.parameters().literal(index);
    }

    /** The value as a double; null when it is undefined, no number, or not a number (NaN). */
    public @Nullable Double number(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double converted = number.doubleValue();
        return Double.isNaN(converted) ? null : (Double) converted;
    }

    /** The value as text; null when it is undefined, or a number. */
    public @Nullable String text(@Nullable Object value) {
        return value instanceof String || value instanceof Boolean ? value.toString() : null;
    }

    /** The order of two numbers: integers exactly, anything else as doubles; null when one is undefined or no number. */
    public @Nullable Integer compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Long leftInteger && right instanceof Long rightInteger) {
            return Long.compare(leftInteger, rightInteger);
        }
        Double leftNumber = number(left);
        Double rightNumber = number(right);
        if (leftNumber == null || rightNumber == null) {
            return null;
        }
        return leftNumber < rightNumber ? -1 : leftNumber > rightNumber ? 1 : 0;
    }

    /** Whether two metrics are equal: as numbers if both are, else in canonical form; null when one is undefined. */
    public @Nullable Boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Number && right instanceof Number) {
            Integer order = compare(left, right);
            return order == null ? null : (Boolean) (order == 0);
        }
        return CanonicalForm.of(left).equals(CanonicalForm.of(right));
    }

    /** Whether the whole text matches a pattern of the criteria; null when it is undefined, or a number. */
    public @Nullable Boolean matches(@Nullable Object value, int pattern) {
        String text = text(value);
        Pattern compiled = alarm.parameters().pattern(pattern);
        return text == null ? null : (Boolean) compiled.matches(text);
    }

    // What a criteria answers.

    public Judgement unavailable() {
        return critical(result.getStatus().isEmpty() ? "check unavailable" : result.getStatus());
    }

    public Judgement missing(int metric) {
        return critical("metric \"" + name(metric) + "\" is not available");
    }

    public Judgement notNumeric(int metric) {
        return critical("metric \"" + name(metric) + "\" is not numeric, but comparing it with a numeric value");
    }

    public Judgement notTextual(int metric) {
        return critical("metric \"" + name(metric) + "\" is not string, but comparing it with a string value");
    }

    public Judgement returned(int index) {
        return alarm.parameters().returned(index, this::value);
    }

    public Judgement byDefault() {
        return new Judgement(State.OK, "Matched default return statement");
    }

    public Judgement asReported() {
        return new Judgement(State.OK, result.getStatus());
    }

    WatchedAlarm alarm() {
        return alarm;
    }

    private @Nullable Object value(String metricName) {
        Metric found = result.getMetrics().get(metricName);
        return found == null ? null : found.getValue();
    }

    private @Nullable Metric newestBefore(int metric) {
        return before != null && before.getAvailable() ? before.getMetrics().get(name(metric)) : null;
    }

    private double secondsSince(Instant earlier) {
        return Duration.between(earlier, result.getTimestamp()).toMillis() / MILLIS_PER_SECOND;
    }

    private String name(int metric) {
        return alarm.parameters().metric(metric);
    }

    private static Judgement critical(String status) {
        return new Judgement(State.CRITICAL, status);
    }
}
