package io.tidewatch.streams.alarm.engine;

import io.tidewatch.criteria.TypeDemand;
import io.tidewatch.pattern.UserPattern;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One observation as one alarm sees it: the event that Esper evaluates. Its methods are, with the functions of
 * {@link Arithmetic}, the vocabulary of the EPL that {@link CriteriaShape} writes; a value that is undefined is null.
 *
 * <p>Public, because Esper's generated classes call it; nobody else does. Confined to the stream task's thread.
 */
public final class Observed {
    private static final double MILLIS_PER_SECOND = 1000.0;

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
        CarriedMetric earlier = earlier(metric);
        return earlier == null ? null : earlier.getValue();
    }

    /** The metric's change per second since the observation that {@link #previous} speaks of. */
    public @Nullable Double rate(int metric) {
        CarriedMetric earlier = earlier(metric);
        if (earlier == null) {
            return null;
        }
        Double change = Arithmetic.change(metric(metric), earlier.getValue());
        return change == null ? null : (Double) (change / secondsSince(earlier.getTimestamp()));
    }

    /** The comparisons of a condition that is too long to be written out. */
    public List<List<WalkedComparison>> walk(int index) {
        return alarm.wording().walk(index);
    }

    public Object literal(int index) {
        return alarm.literals().get(index);
    }

    /** Whether the whole text matches a pattern of the criteria; null when it is undefined, or a number. */
    public @Nullable Boolean matches(@Nullable Object value, int pattern) {
        String text = Arithmetic.textOf(value);
        UserPattern compiled = alarm.wording().pattern(pattern);
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

    private @Nullable Object value(String metricName) {
        Metric found = result.getMetrics().get(metricName);
        return found == null ? null : found.getValue();
    }

    private @Nullable CarriedMetric earlier(int metric) {
        return before == null ? null : ZoneMemories.earlier(before, name(metric));
    }

    private double secondsSince(Instant earlier) {
        return (getObservedAt() - (double) earlier.toEpochMilli()) / MILLIS_PER_SECOND;
    }

    private String name(int metric) {
        return alarm.wording().metric(metric);
    }

    private static Judgement critical(String status) {
        return new Judgement(State.CRITICAL, status);
    }
}
