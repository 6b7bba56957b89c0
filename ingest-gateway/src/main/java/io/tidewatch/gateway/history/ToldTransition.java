package io.tidewatch.gateway.history;

import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.schema.AttemptResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of telling one transition.
 *
 * @param transition what was to be told
 * @param attempts at least one, newest first
 */
record ToldTransition(StoredAttempt.Transition transition, List<StoredAttempt> attempts) {
    ToldTransition {
        attempts = List.copyOf(attempts);
    }

    /** @param attempts those of one transition one after the other, newest first */
    static List<ToldTransition> group(List<StoredAttempt> attempts) {
        List<ToldTransition> told = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= attempts.size(); end++) {
            StoredAttempt.Transition transition = attempts.get(begin).transition();
            if (end == attempts.size()
                    || !attempts.get(end).transition().eventId().equals(transition.eventId())) {
                told.add(new ToldTransition(transition, attempts.subList(begin, end)));
                begin = end;
            }
        }
        return told;
    }

    String eventId() {
        return transition.eventId();
    }

    /** Whether older attempts may have been left out. */
    boolean isTruncated() {
        return attempts.size() >= TimeSeries.MAX_ATTEMPTS_OF_A_TRANSITION;
    }

    /** What became of it at each notification, by the ids of these. */
    SortedMap<String, Result> results() {
        SortedMap<String, List<StoredAttempt>> byNotification = new TreeMap<>();
        attempts.forEach(attempt -> byNotification
                .computeIfAbsent(attempt.notificationId(), unused -> new ArrayList<>())
                .add(attempt));
        SortedMap<String, Result> results = new TreeMap<>();
        byNotification.forEach((id, ofOne) -> {
            Collections.reverse(ofOne);
            results.put(id, new Result(ofOne));
        });
        return results;
    }

    /**
     * What became of telling one notification, perhaps in several messages: a problem and its reminders.
     *
     * @param attempts at least one, oldest first
     */
    record Result(List<StoredAttempt> attempts) {
        Result {
            attempts = List.copyOf(attempts);
        }

        /** The attempt that says how it ended: the newest one that was confirmed; without any, the newest one. */
        StoredAttempt deciding() {
            StoredAttempt deciding = attempts.get(attempts.size() - 1);
            for (StoredAttempt attempt : attempts) {
                if (attempt.result() == AttemptResult.CONFIRMED) {
                    deciding = attempt;
                }
            }
            return deciding;
        }

        /** Whether the receiver has confirmed a message about the transition. */
        boolean isSuccess() {
            return deciding().result() == AttemptResult.CONFIRMED;
        }

        /** Whether any message is still being tried. */
        boolean isInProgress() {
            Map<String, Boolean> endedByDelivery = new HashMap<>();
            attempts.forEach(attempt ->
                    endedByDelivery.merge(attempt.deliveryId(), isFinal(attempt.result()), Boolean::logicalOr));
            return endedByDelivery.containsValue(false);
        }

        private static boolean isFinal(AttemptResult result) {
            return switch (result) {
                case CONFIRMED, REFUSED, OVERTAKEN, GIVEN_UP, SUPPRESSED -> true;
                case NOT_RECEIVED, UNKNOWN -> false;
            };
        }
    }
}
