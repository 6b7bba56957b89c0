package io.tidewatch.streams.alarm.engine;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.state.ZoneMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work that one result makes for all alarms of its check together, before any of them judges it. Each alarm alone
 * is small, and a check may have many; whatever they do happens on the one thread that decides for all tenants of its
 * partitions, and within one of Kafka's transactions.
 *
 * <p>Work is counted in steps: a step is what a pattern's instruction takes on one character of text. What is counted
 * follows from configuration and results alone, so that a replay excludes the same alarms. Pure.
 */
public final class WorkBudget {
    /**
     * Source: RE2/J 1.8 takes up to 50 ns for a step, with {@code (x*){400}y} on {@code x} repeated, so that this is about
     * 100 ms at worst; a transaction lasts 6 s. Measured on the project's build machine.
     */
    public static final long MAX_STEPS = 2_000_000;

    /**
     * The part of it that may be taken by what does not depend on the result, and is known when an alarm is added; the rest
     * is for texts and for publishing.
     */
    public static final long MAX_STANDING_STEPS = MAX_STEPS / 2;

    /** What an alarm costs that compares nothing: 5 us, estimated from the 30 us that a whole result takes in {@code benchmarks/run alarms}. */
    private static final long ALARM = 100;

    /**
     * A comparison, with its part in looking for metrics that are missing: at most 1 us, estimated generously.
     */
    private static final long COMPARISON = 20;

    /** A piece of a message. There can be thousands in one, if metrics are empty texts. */
    private static final long PIECE = 2;

    /** An AlertEvent carries the result's metrics, once for each alarm. Source: about 3 ns a byte until it is sent. */
    private static final long BYTES_PER_STEP = 16;

    /** Fewer alarms can't exceed the budget by publishing: a result has at most 256 KiB. */
    private static final int FEW = 32;

    private WorkBudget() {}

    /**
     * An alarm that is not to judge a result.
     *
     * @param reason a sentence with the numbers
     */
    public record Excess(WatchedAlarm alarm, String reason) {}

    /** An alarm and what a result costs it. */
    private record Cost(WatchedAlarm alarm, long steps) {}

    /** Whether a result can be too much for the alarms of a check, which {@link #objection} has admitted. */
    public static boolean mayBeExceededBy(List<WatchedAlarm> alarms) {
        return alarms.size() > FEW
                || alarms.stream().anyMatch(alarm -> alarm.wording().hasPatterns());
    }

    static long standingSteps(int comparisons, int messagePieces) {
        return ALARM + COMPARISON * comparisons + PIECE * messagePieces;
    }

    /**
     * Why an alarm can't be added to a check; empty when it can.
     *
     * @param standingSteps of the alarms that the check has already
     */
    public static Optional<String> objection(long standingSteps, WatchedAlarm added) {
        long sum = standingSteps + added.standingSteps();
        return sum <= MAX_STANDING_STEPS
                ? Optional.empty()
                : Optional.of("its comparisons and messages need " + added.standingSteps()
                        + " steps for each result, and the check's other alarms " + standingSteps
                        + "; together they may take " + MAX_STANDING_STEPS);
    }

    /**
     * The alarms that have to be left out so that the others fit: the most expensive first, of equally expensive ones the
     * last in the order of their keys.
     *
     * @param alarms of the check
     * @param before what was remembered of the zone before the result; null for its first
     */
    public static List<Excess> excess(List<WatchedAlarm> alarms, CheckResult result, @Nullable ZoneMemory before) {
        long publishing = alarms.size() <= FEW ? 0 : sizeBytes(result) / BYTES_PER_STEP;
        long sum = 0;
        for (WatchedAlarm alarm : alarms) {
            sum += steps(alarm, result, before) + publishing;
        }
        return sum <= MAX_STEPS ? List.of() : mostExpensive(alarms, result, before, publishing, sum);
    }

    private static List<Excess> mostExpensive(
            List<WatchedAlarm> alarms, CheckResult result, @Nullable ZoneMemory before, long publishing, long sum) {
        List<Cost> costs = new ArrayList<>();
        for (WatchedAlarm alarm : alarms) {
            costs.add(new Cost(alarm, steps(alarm, result, before) + publishing));
        }
        costs.sort(Comparator.comparingLong(Cost::steps)
                .thenComparing(cost -> cost.alarm().key())
                .reversed());
        List<Excess> excess = new ArrayList<>();
        long left = sum;
        for (int next = 0; left > MAX_STEPS; next++) {
            Cost cost = costs.get(next);
            excess.add(new Excess(cost.alarm(), reason(cost.steps(), left)));
            left -= cost.steps();
        }
        return excess;
    }

    private static String reason(long steps, long sum) {
        return "its patterns, comparisons and messages need " + steps + " steps on a result, and with the check's other"
                + " alarms " + sum + "; the check's alarms together may take " + MAX_STEPS;
    }

    private static long steps(WatchedAlarm alarm, CheckResult result, @Nullable ZoneMemory before) {
        Wording wording = alarm.wording();
        return wording.standingSteps() + (result.getAvailable() ? wording.matchingSteps(result, before) : 0);
    }

    private static long sizeBytes(CheckResult result) {
        long size = 0;
        for (Map.Entry<String, Metric> metric : result.getMetrics().entrySet()) {
            Object value = metric.getValue().getValue();
            String unit = metric.getValue().getUnit();
            size += metric.getKey().length()
                    + (unit == null ? 0 : unit.length())
                    + (value instanceof String text ? text.length() : Long.BYTES);
        }
        return size;
    }
}
