package io.tidewatch.streams.alarm.engine;

import com.google.re2j.Pattern;
import io.tidewatch.criteria.CanonicalForm;
import io.tidewatch.criteria.TypeDemand;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One observation as one alarm sees it: the event that Esper evaluates. Its methods are the vocabulary of the EPL that
 * {@link CriteriaShape} writes; a value that is undefined is null there, and EPL makes a comparison with null not hold.
 *
 * <p>Public, because Esper's generated classes call it; nobody else does. Confined to the stream task's thread.
 */
public final class Observed {
    private static final double MILLIS_PER_SECOND = 1000.0;

    /**
     * What the patterns of one criteria may take on one observation, in instructions times characters. Time is linear in
     * both, but a criteria has room for many patterns, and a text for a megabyte. Source: about a second with RE2/J 1.8 at
     * worst, measured on the project's build machine.
     */
    private static final long MAX_MATCHING_STEPS = 50_000_000;

    private final WatchedAlarm alarm;
    private final CheckResult result;
    private final @Nullable ZoneMemory before;
    private final int zone;
    private final long horizon;
    private final boolean undecided;

    /**
     * @param before what was remembered of the zone before this result; null for its first
     * @param zone the zone's place among those of the check
     * @param newestAtMs the newest observation time of the check, in milliseconds since the epoch
     * @param undecided whether anything but this zone's vote may have changed since the alarm was last decided
     */
    public Observed(
            WatchedAlarm alarm,
            CheckResult result,
            @Nullable ZoneMemory before,
            int zone,
            long newestAtMs,
            boolean undecided) {
        this.alarm = alarm;
        this.result = result;
        this.before = before;
        this.zone = zone;
        this.horizon = newestAtMs - alarm.windowMs();
        this.undecided = undecided;
    }

    // What alarms.epl counts and votes with.

    /** The number of the statement that evaluates this event. */
    public int getShape() {
        return alarm.shape();
    }

    public String getAlarm() {
        return alarm.key();
    }

    /** The zone's place among those of the check. */
    public int getZone() {
        return zone;
    }

    /** The zone's vote before this observation. */
    public State getVoteBefore() {
        ZoneVote vote = before == null ? null : before.getVotes().get(alarm.id());
        return vote == null ? State.UNKNOWN : vote.getVote();
    }

    /** Whether anything but this zone's vote may have changed since the alarm was last decided. */
    public boolean isUndecided() {
        return undecided;
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

    /** Whether every metric that the criteria names is there. */
    public boolean complete() {
        return firstMissing() < 0;
    }

    /** Whether every metric's value is of a type that it can be compared as. */
    public boolean wellTyped() {
        return firstMisfit() < 0;
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

    /** The metric's change per second since the observation that {@link #previous} speaks of. */
    public @Nullable Double rate(int metric) {
        Double seconds = secondsSincePrevious(metric);
        Double change = change(metric(metric), previous(metric));
        return seconds == null || change == null ? null : (Double) (change / seconds);
    }

    public @Nullable Double percentage(@Nullable Object part, @Nullable Object whole) {
        Double partNumber = number(part);
        Double wholeNumber = number(whole);
        return partNumber == null || wholeNumber == null || wholeNumber == 0
                ? null
                : (Double) (100.0 * partNumber / wholeNumber);
    }

    /** The comparisons of a condition that is too long to be written out. */
    public List<List<WalkedComparison>> walk(int index) {
        return alarm.wording().walk(index);
    }

    public Object literal(int index) {
        return alarm.literals().get(index);
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
        Pattern compiled = alarm.wording().pattern(pattern);
        return text == null ? null : (Boolean) compiled.matches(text);
    }

    // What a criteria answers.

    public Judgement unavailable() {
        return critical(result.getStatus().isEmpty() ? "check unavailable" : result.getStatus());
    }

    public Judgement incomplete() {
        return critical("metric \"" + name(firstMissing()) + "\" is not available");
    }

    public Judgement illTyped() {
        int misfit = firstMisfit();
        String metric = "metric \"" + name(alarm.wording().demandedMetric(misfit)) + "\" is not ";
        return switch (alarm.wording().demandedKind(misfit)) {
            case NUMERIC -> critical(metric + "numeric, but comparing it with a numeric value");
            case TEXT -> critical(metric + "string, but comparing it with a string value");
        };
    }

    public Judgement returned(int index) {
        return alarm.wording().returned(index, this::value);
    }

    public Judgement byDefault() {
        return new Judgement(State.OK, "Matched default return statement");
    }

    public Judgement asReported() {
        return new Judgement(State.OK, result.getStatus());
    }

    public boolean isTooOld() {
        return getObservedAt() < horizon;
    }

    /**
     * Not left to {@link #matches}: of what a method throws, Esper logs the arguments, which are content.
     *
     * @throws IllegalStateException when the criteria's patterns could keep the thread for too long
     */
    void requireMatchingInBoundedTime() {
        long instructions = alarm.wording().instructions();
        if (instructions > 0 && instructions * longestText() > MAX_MATCHING_STEPS) {
            throw new IllegalStateException(
                    "its regular expressions are too large for a text of " + longestText() + " characters");
        }
    }

    private int longestText() {
        int longest = 0;
        for (int metric = 0; metric < alarm.wording().metrics(); metric++) {
            longest = Math.max(longest, Math.max(length(metric(metric)), length(previous(metric))));
        }
        return longest;
    }

    private static int length(@Nullable Object value) {
        return value instanceof String text ? text.length() : 0;
    }

    public WatchedAlarm alarm() {
        return alarm;
    }

    private int firstMissing() {
        Wording wording = alarm.wording();
        for (int i = 0; i < wording.metrics(); i++) {
            if (!result.getMetrics().containsKey(wording.metric(i))) {
                return i;
            }
        }
        return -1;
    }

    private int firstMisfit() {
        Wording wording = alarm.wording();
        for (int i = 0; i < wording.demands(); i++) {
            if (!fits(metric(wording.demandedMetric(i)), wording.demandedKind(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a value is a number, or else text: a string, or a boolean, which compares as one. */
    private static boolean fits(@Nullable Object value, TypeDemand.Kind kind) {
        return switch (kind) {
            case NUMERIC -> value instanceof Number;
            case TEXT -> value instanceof String || value instanceof Boolean;
        };
    }

    private static @Nullable Double change(@Nullable Object now, @Nullable Object then) {
        if (now instanceof Long nowInteger && then instanceof Long thenInteger) {
            return difference(nowInteger, thenInteger);
        }
        Double nowNumber = number(now);
        Double thenNumber = number(then);
        return nowNumber == null || thenNumber == null ? null : (Double) (nowNumber - thenNumber);
    }

    /** Exact where doubles are not: a large counter grows by little. */
    private static double difference(long now, long then) {
        long difference = now - then;
        boolean overflows = ((now ^ then) & (now ^ difference)) < 0;
        return overflows
                ? BigInteger.valueOf(now).subtract(BigInteger.valueOf(then)).doubleValue()
                : difference;
    }

    private @Nullable Object value(String metricName) {
        Metric found = result.getMetrics().get(metricName);
        return found == null ? null : found.getValue();
    }

    /** The value as a double; null when it is undefined, no number, or not a number (NaN). */
    private static @Nullable Double number(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double converted = number.doubleValue();
        return Double.isNaN(converted) ? null : (Double) converted;
    }

    private @Nullable Double secondsSincePrevious(int metric) {
        if (before == null) {
            return null;
        }
        if (newestBefore(metric) != null) {
            return secondsSince(before.getTimestamp());
        }
        CarriedMetric carried = before.getCarried().get(name(metric));
        return carried == null ? null : secondsSince(carried.getTimestamp());
    }

    private @Nullable Metric newestBefore(int metric) {
        return before != null && before.getAvailable() ? before.getMetrics().get(name(metric)) : null;
    }

    private double secondsSince(Instant earlier) {
        return Duration.between(earlier, result.getTimestamp()).toMillis() / MILLIS_PER_SECOND;
    }

    private String name(int metric) {
        return alarm.wording().metric(metric);
    }

    private static Judgement critical(String status) {
        return new Judgement(State.CRITICAL, status);
    }
}
