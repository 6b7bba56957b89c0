package io.tidewatch.system.drills;

import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.util.List;
import java.util.Map;

/**
 * What the logs of a disturbed and an undisturbed run say beside each other.
 *
 * @param transitions committed alert events of the disturbed run
 * @param abortedEvents alert events that the disturbed run wrote and never committed
 * @param deadLetters of both runs
 */
record Verdict(
        long transitions,
        long undisturbedTransitions,
        long abortedEvents,
        Differences transitionDifferences,
        Differences stateDifferences,
        long deadLetters) {
    static Verdict of(KafkaSettings undisturbed, KafkaSettings disturbed) {
        TopicContents good = new TopicContents(undisturbed);
        TopicContents bad = new TopicContents(disturbed);
        Map<String, List<AlertEvent>> expected = good.committedByKey(Topic.ALERT_EVENTS, AlertEvent.class);
        Map<String, List<AlertEvent>> actual = bad.committedByKey(Topic.ALERT_EVENTS, AlertEvent.class);
        return new Verdict(
                count(actual),
                count(expected),
                bad.written(Topic.ALERT_EVENTS).size() - count(actual),
                new Differences(expected, actual),
                new Differences(
                        good.committedByKey(Topic.ALARM_STATES, AlarmState.class),
                        bad.committedByKey(Topic.ALARM_STATES, AlarmState.class)),
                good.committed(Topic.DEAD_LETTERS).size()
                        + bad.committed(Topic.DEAD_LETTERS).size());
    }

    private static long count(Map<String, List<AlertEvent>> events) {
        return events.values().stream().mapToLong(List::size).sum();
    }
}
