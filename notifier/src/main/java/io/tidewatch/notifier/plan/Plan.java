package io.tidewatch.notifier.plan;

import io.tidewatch.schema.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom an alarm's states are told, by channel.
 *
 * @param channels for each state the ids of the notifications that are told of it
 * @param escalation further channels for a problem that nobody acknowledges, in the order of their times
 * @param repeatAfter how long after the last delivered message a problem is told again; empty: never
 * @param lastsFor how long a problem has to last before anybody is told
 * @param criticalAtOnce whether CRITICAL is told without that wait, and without that for others of its group
 * @param groups which alarms' messages go out as one; empty: only what would be too many messages
 */
public record Plan(
        Map<State, Set<String>> channels,
        List<EscalationStep> escalation,
        Optional<Duration> repeatAfter,
        Duration lastsFor,
        boolean criticalAtOnce,
        Optional<Groups> groups) {
    /** Tells nobody anything: that of an alarm whose plan does not exist. */
    public static final Plan NOBODY =
            new Plan(Map.of(), List.of(), Optional.empty(), Duration.ZERO, false, Optional.empty());

    public Plan {
        Map<State, Set<String>> copy = new EnumMap<>(State.class);
        channels.forEach((state, ids) -> copy.put(state, Set.copyOf(ids)));
        channels = Map.copyOf(copy);
        escalation = List.copyOf(escalation);
    }

    /**
     * Further channels for a problem that nobody acknowledges.
     *
     * @param after how long after the incident's beginning
     */
    public record EscalationStep(Duration after, Set<String> channels) {
        public EscalationStep {
            channels = Set.copyOf(channels);
        }
    }

    /** Which alarms of a plan belong together. */
    public enum GroupBy {
        PLAN,
        ENTITY,
        CHECK
    }

    /**
     * Messages that go out as one.
     *
     * @param waitsFor how long the first of a group waits for others
     * @param interval how long after one message the next goes out
     */
    public record Groups(GroupBy by, Duration waitsFor, Duration interval) {}

    /** The channels that are told of a state. */
    public Set<String> of(State state) {
        return channels.getOrDefault(state, Set.of());
    }

    /** The channels that are told of a problem when so many steps of the escalation have been reached, in order. */
    public Set<String> of(State problem, int steps) {
        Set<String> all = new TreeSet<>(of(problem));
        escalation.subList(0, Math.min(steps, escalation.size())).forEach(step -> all.addAll(step.channels()));
        return all;
    }

    /** How many steps of the escalation have been reached. */
    public int steps(Instant opened, Instant now) {
        return (int) escalation.stream()
                .filter(step -> !opened.plus(step.after()).isAfter(now))
                .count();
    }

    /** When the next step of the escalation is reached. */
    public Optional<Instant> nextStep(Instant opened, Instant now) {
        return escalation.stream()
                .map(step -> opened.plus(step.after()))
                .filter(time -> time.isAfter(now))
                .min(Instant::compareTo);
    }

    /** How long a message about a state waits for others of its group. */
    public Duration groupWait(State state) {
        return criticalAtOnce && state == State.CRITICAL
                ? Duration.ZERO
                : groups.map(Groups::waitsFor).orElse(Duration.ZERO);
    }

    /** Until when a problem is held back. */
    public Instant heldUntil(Instant opened, State problem) {
        return criticalAtOnce && problem == State.CRITICAL ? opened : opened.plus(lastsFor);
    }
}
