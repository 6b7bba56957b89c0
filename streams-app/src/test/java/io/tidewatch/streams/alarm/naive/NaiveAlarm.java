package io.tidewatch.streams.alarm.naive;

import io.tidewatch.schema.State;
import io.tidewatch.streams.alarm.naive.NaiveCriteria.Remembered;
import io.tidewatch.streams.alarm.naive.NaiveCriteria.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One alarm of a {@link NaiveCheck}. */
final class NaiveAlarm {
    private final String checkType;
    private Step.ChangeAlarm config;
    private State state = State.UNKNOWN;
    private int transitions;
    private final List<Considered> considered = new ArrayList<>();

    /**
     * @param checkType the type of its check, which never changes
     */
    NaiveAlarm(Step.ChangeAlarm config, String checkType) {
        this.config = config;
        this.checkType = checkType;
    }

    record Considered(Observation observation, Verdict verdict) {}

    record Change(State previous, State state, Considered deciding) {}

    String id() {
        return config.alarm();
    }

    Script script() {
        return config.script();
    }

    State state() {
        return state;
    }

    boolean isBroken() {
        return config.broken() && !config.disabled();
    }

    boolean isEvaluated() {
        return !config.broken() && !config.disabled();
    }

    void change(Step.ChangeAlarm now) {
        if (!now.text().equals(config.text()) || now.disabled() != config.disabled()) {
            dropVotes();
        }
        config = now;
    }

    void dropVotes() {
        considered.clear();
    }

    /** The newest transition of this alarm, not of one that had the same id and was deleted. */
    Optional<Outcome.Transition> lastTransition(List<Outcome.Transition> all) {
        return transitions == 0 ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Judges an observation, unless it is too old, and tells whether the alarm changes by it. */
    Optional<Change> consider(Observation observation, List<Remembered> earlier, long nowMs, Step.ChangeCheck check) {
        long horizonMs = nowMs - 3L * count() * check.periodSeconds() * 1000 / 2;
        if (observation.atMs() < horizonMs) {
            return Optional.empty();
        }
        Verdict verdict = new NaiveCriteria(script(), config.written().lines(), observation, earlier).verdict();
        considered.add(new Considered(observation, verdict));
        Optional<State> decided = decide(observation.zone(), horizonMs, check);
        if (decided.isEmpty() || decided.get() == state) {
            return Optional.empty();
        }
        Change change = new Change(state, decided.get(), deciding(decided.get(), observation.zone()));
        state = decided.get();
        transitions++;
        return Optional.of(change);
    }

    private Optional<State> decide(String observedZone, long horizonMs, Step.ChangeCheck check) {
        if (script().level() == Script.Level.ONE) {
            return Optional.of(vote(observedZone)).filter(vote -> vote != State.UNKNOWN);
        }
        int zones = Math.max(1, check.zones().size());
        int needed = script().level() == Script.Level.ALL ? zones : zones / 2 + 1;
        for (State candidate : List.of(State.OK, State.WARNING, State.CRITICAL)) {
            long votes = zones().stream()
                    .filter(zone -> newest(zone).observation().atMs() >= horizonMs)
                    .filter(zone -> vote(zone) == candidate)
                    .count();
            if (votes >= needed) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The newest among the zones that vote for the state; of equals the observed, then the first by name. */
    private Considered deciding(State decided, String observedZone) {
        Comparator<Considered> byTime =
                Comparator.comparingLong(each -> each.observation().atMs());
        Comparator<Considered> observedFirst =
                Comparator.comparing(each -> !each.observation().zone().equals(observedZone));
        return zones().stream()
                .filter(zone -> vote(zone) == decided)
                .map(this::newest)
                .min(byTime.reversed()
                        .thenComparing(observedFirst)
                        .thenComparing(each -> each.observation().zone()))
                .orElseThrow();
    }

    List<Outcome.Row> rows() {
        return zones().stream()
                .map(zone -> new Outcome.Row(
                        zone,
                        newest(zone).verdict().state(),
                        runLength(verdicts(zone)),
                        vote(zone),
                        newest(zone).verdict().status(),
                        newest(zone).observation().atMs()))
                .toList();
    }

    /** The last state that came often enough in a row. */
    private State vote(String zone) {
        List<State> states = verdicts(zone);
        for (int end = states.size(); end > 0; end--) {
            if (runLength(states.subList(0, end)) >= count()) {
                return states.get(end - 1);
            }
        }
        return State.UNKNOWN;
    }

    private static int runLength(List<State> states) {
        int length = 0;
        while (length < states.size() && states.get(states.size() - 1 - length) == states.get(states.size() - 1)) {
            length++;
        }
        return length;
    }

    private List<State> verdicts(String zone) {
        return considered.stream()
                .filter(each -> each.observation().zone().equals(zone))
                .map(each -> each.verdict().state())
                .toList();
    }

    private Considered newest(String zone) {
        return considered.stream()
                .filter(each -> each.observation().zone().equals(zone))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    private List<String> zones() {
        return considered.stream()
                .map(each -> each.observation().zone())
                .distinct()
                .sorted()
                .toList();
    }

    private int count() {
        return script().count().orElse(checkType.equals("remote.ping") ? 3 : 1);
    }
}
