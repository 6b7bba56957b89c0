package io.tidewatch.streams.alarm.engine;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.criteria.Criteria;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import java.util.List;

/**
 * An alarm that is being evaluated: its criteria in the form that the engine wants, and its check's part in the decision.
 *
 * @param key {@code tenant/entity/alarm}
 * @param shape the number of the statement that judges its observations
 * @param literals the numbers and texts that the criteria compares metrics with
 * @param consecutiveCount how many observations in a row make a zone's vote
 * @param windowMs how old an observation may be, against the newest of the check, and still count
 * @param votesNeeded how many zones have to agree; 0 when the zone just observed decides alone
 * @param unknownWhenSilent whether its state becomes UNKNOWN after {@link #silenceMs} without any observation
 */
public record WatchedAlarm(
        String key,
        int shape,
        Wording wording,
        List<Object> literals,
        int consecutiveCount,
        long windowMs,
        int votesNeeded,
        boolean unknownWhenSilent) {
    private static final int SILENT_AFTER_WINDOWS = 3;

    /** @param zones how many zones report, 1 for an agent's check */
    public static WatchedAlarm of(String key, Alarm alarm, CriteriaShapes.Prepared prepared, Check check, int zones) {
        Criteria criteria = prepared.criteria();
        int consecutiveCount =
                criteria.consecutiveCount().orElseGet(() -> CheckTypes.ALL.consecutiveCount(check.getType()));
        // One and a half times the time that consecutiveCount observations take.
        long windowMs = 1500L * consecutiveCount * check.getPeriodSeconds();
        int votesNeeded = switch (criteria.consistencyLevel()) {
            case ONE -> 0;
            case QUORUM -> zones / 2 + 1;
            case ALL -> zones;
        };
        return new WatchedAlarm(
                key,
                prepared.shape().number(),
                prepared.wording(),
                prepared.literals(),
                consecutiveCount,
                windowMs,
                votesNeeded,
                alarm.getUnknownWhenSilent());
    }

    public WatchedAlarm withUnknownWhenSilent(boolean wanted) {
        return new WatchedAlarm(key, shape, wording, literals, consecutiveCount, windowMs, votesNeeded, wanted);
    }

    /** What each result costs it at most, whatever is in it, in the steps of {@link WorkBudget}. */
    public long standingSteps() {
        return wording.standingSteps();
    }

    /** The first part of the key. */
    public String tenantId() {
        return key.substring(0, key.indexOf('/'));
    }

    /** The last part of the key. */
    public String id() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** How long nothing may be heard of the check, in milliseconds. */
    public long silenceMs() {
        return windowMs * SILENT_AFTER_WINDOWS;
    }
}
