package io.tidewatch.system.telling;

import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What receivers have heard, judged: by alarm and channel, in the order of arrival, repetitions of a delivery left out.
 *
 * @param messages different ones
 * @param repeatedByAlarm how often an alarm's messages came again to a channel although it had confirmed them, most of all
 * @param repeated the same, altogether
 */
record Account(long messages, int repeatedByAlarm, int repeated, List<String> objections) {
    /** What a receiver believes after what it has heard. */
    private static final class Belief {
        private final Set<String> ids = new HashSet<>();
        private final Set<String> confirmed = new HashSet<>();
        private State state = State.OK;
        private long incident;
        private long eventMs;
        private int repeated;
    }

    static Account of(List<Heard> heard, AlertStory story) {
        Map<String, Belief> beliefs = new HashMap<>();
        List<String> objections = new ArrayList<>();
        long messages = 0;
        for (Heard message : heard) {
            String place = message.alarm() + " at " + message.channel();
            Belief belief = beliefs.computeIfAbsent(place, key -> new Belief());
            if (belief.ids.add(message.deliveryId())) {
                messages++;
                objection(message, belief).ifPresent(objection -> objections.add(place + ": " + objection));
                belief.state = message.state();
                belief.incident = message.incident();
                belief.eventMs = message.eventMs();
            } else if (belief.confirmed.contains(message.deliveryId())) {
                belief.repeated++;
            }
            if (message.answered()) {
                belief.confirmed.add(message.deliveryId());
            }
        }
        objections.addAll(unbelieved(beliefs, story));
        return new Account(
                messages,
                beliefs.values().stream()
                        .mapToInt(belief -> belief.repeated)
                        .max()
                        .orElse(0),
                beliefs.values().stream().mapToInt(belief -> belief.repeated).sum(),
                objections);
    }

    /** What is not as the story ended. */
    static List<String> unbelieved(List<Heard> heard, AlertStory story) {
        return of(heard, story).objections().stream()
                .filter(objection -> objection.contains("believes"))
                .toList();
    }

    private static List<String> unbelieved(Map<String, Belief> beliefs, AlertStory story) {
        List<String> objections = new ArrayList<>();
        for (String alarm : story.alarms()) {
            String tenant = alarm.substring(0, alarm.indexOf('/'));
            for (String kind : AlertStory.KINDS) {
                Belief belief = beliefs.getOrDefault(alarm + " at " + tenant + "/nt" + kind, new Belief());
                if (belief.state != story.state(alarm)) {
                    objections.add(alarm + " at " + kind + ": it is " + story.state(alarm) + ", the receiver believes "
                            + belief.state);
                }
            }
        }
        return objections;
    }

    private static Optional<String> objection(Heard message, Belief belief) {
        if (message.eventMs() < belief.eventMs) {
            return Optional.of("out of order: " + message);
        } else if (message.kind() == MessageKind.RESOLVED && belief.state == State.OK) {
            return Optional.of("a resolve without a problem: " + message);
        } else if (message.kind() == MessageKind.PROBLEM && belief.state != State.OK) {
            return Optional.of("a problem again: " + message);
        } else if (message.incident() < belief.incident) {
            return Optional.of("an incident that was over: " + message);
        }
        return Optional.empty();
    }
}
