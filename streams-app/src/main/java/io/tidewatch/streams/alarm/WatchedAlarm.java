package io.tidewatch.streams.alarm;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import java.time.Duration;
import java.util.Set;

/**
 * An alarm that is being evaluated: its criteria in the form that the engine wants, and its check's part in the decision.
 *
 * @param key {@code tenant/entity/alarm}
 * @param shape the number of the statement that judges its observations
 * @param remembered the metrics whose earlier values the criteria asks for
 * @param consecutiveCount how many observations in a row make a zone's vote
 * @param window how old an observation may be, against the newest of the check, and still count
 * @param votesNeeded how many zones have to agree; 0 when the zone just observed decides alone
 * @param unknownWhenSilent whether its state becomes UNKNOWN after {@link #silenceMs} without any observation
 */
record WatchedAlarm(
        String key,
        int shape,
        Parameters parameters,
        Set<String> remembered,
        int consecutiveCount,
        Duration window,
        int votesNeeded,
        boolean unknownWhenSilent) {
    private static final int SILENT_AFTER_WINDOWS = 3;

    /** Source: the documentation of Rackspace Cloud Monitoring, which damps ping more than other checks. */
    private static final int PING_CONSECUTIVE_COUNT = 3;

    static WatchedAlarm of(String key, Alarm alarm, int number, CriteriaShape shape, Criteria criteria, Check check) {
        int consecutiveCount =
                criteria.consecutiveCount().orElse(check.getType().equals("remote.ping") ? PING_CONSECUTIVE_COUNT : 1);
        // One and a half times the time that consecutiveCount observations take.
        Duration window = Duration.ofSeconds(check.getPeriodSeconds())
                .multipliedBy(3L * consecutiveCount)
                .dividedBy(2);
        int zones = Math.max(1, check.getMonitoringZonesPoll().size());
        int votesNeeded = switch (criteria.consistencyLevel()) {
            case ONE -> 0;
            case QUORUM -> zones / 2 + 1;
            case ALL -> zones;
        };
        return new WatchedAlarm(
                key,
                number,
                shape.parameters(),
                shape.remembered(),
                consecutiveCount,
                window,
                votesNeeded,
                alarm.getUnknownWhenSilent());
    }

    WatchedAlarm withUnknownWhenSilent(boolean wanted) {
        return new WatchedAlarm(key, shape, parameters, remembered, consecutiveCount, window, votesNeeded, wanted);
    }

    /** The last part of the key. */
    String id() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    long windowMs() {
        return window.toMillis();
    }

    /** How long nothing may be heard of the check, in milliseconds. */
    long silenceMs() {
        return window.toMillis() * SILENT_AFTER_WINDOWS;
    }
}
