package io.tidewatch.streams.alarm.naive;

import io.tidewatch.schema.State;
import io.tidewatch.streams.alarm.naive.NaiveCriteria.Remembered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One check and its alarms, as topology-docs/alarm-language.md, "From states to the alarm's state", has them. Keeps
 * everything that it ever took in, and computes everything anew each time.
 */
final class NaiveCheck {
    private final String tenantEntity;
    private final String checkId;
    private final String type;
    private Optional<Step.ChangeCheck> config = Optional.empty();
    private final List<Remembered> seen = new ArrayList<>();
    private final TreeMap<String, NaiveAlarm> alarms = new TreeMap<>();
    private final TreeMap<String, List<Outcome.Transition>> transitions = new TreeMap<>();

    /**
     * @param tenantEntity {@code tenant:entity}
     */
    NaiveCheck(String tenantEntity, String checkId, String type) {
        this.type = type;
        this.tenantEntity = tenantEntity;
        this.checkId = checkId;
    }

    void play(Step step) {
        if (step instanceof Step.Result result) {
            observe(result.observation());
        } else if (step instanceof Step.ChangeCheck change) {
            boolean differently = config.isPresent() && !config.get().equals(change);
            config = Optional.of(change);
            alarms.values().stream().filter(alarm -> differently).forEach(NaiveAlarm::dropVotes);
        } else if (step instanceof Step.DeleteCheck) {
            config = Optional.empty();
            seen.clear();
            alarms.values().forEach(NaiveAlarm::dropVotes);
        } else if (step instanceof Step.ChangeAlarm change) {
            transitions.computeIfAbsent(change.alarm(), id -> new ArrayList<>());
            alarms.computeIfAbsent(change.alarm(), id -> new NaiveAlarm(change, type))
                    .change(change);
        } else if (step instanceof Step.DeleteAlarm deletion) {
            alarms.remove(deletion.alarm());
            // A check without alarms is not watched at all.
            seen.removeIf(any -> alarms.isEmpty());
        }
    }

    private void observe(Observation observation) {
        if (config.isEmpty() || alarms.isEmpty() || !listed().contains(observation.zone())) {
            return;
        }
        List<Remembered> earlier = ofZone(observation.zone());
        if (earlier.stream().anyMatch(other -> other.observation().atMs() >= observation.atMs())) {
            return;
        }
        for (NaiveAlarm alarm : alarms.values()) {
            if (alarm.isEvaluated()) {
                alarm.consider(observation, earlier, newest(observation), config.orElseThrow())
                        .ifPresent(change -> transitions.get(alarm.id()).add(transition(alarm, change, observation)));
            }
        }
        Set<String> kept = new HashSet<>();
        alarms.values().stream()
                .filter(NaiveAlarm::isEvaluated)
                .forEach(alarm -> kept.addAll(alarm.script().remembered()));
        seen.add(new Remembered(observation, kept));
    }

    /** The newest observation time in any zone. */
    private long newest(Observation observation) {
        return seen.stream()
                .map(Remembered::observation)
                .filter(other -> listed().contains(other.zone()))
                .mapToLong(Observation::atMs)
                .reduce(observation.atMs(), Math::max);
    }

    private List<Remembered> ofZone(String zone) {
        return seen.stream()
                .filter(other -> other.observation().zone().equals(zone))
                .toList();
    }

    private Set<String> listed() {
        Set<String> zones = config.orElseThrow().zones();
        return zones.isEmpty() ? Set.of("") : zones;
    }

    private Outcome.Transition transition(NaiveAlarm alarm, NaiveAlarm.Change change, Observation observation) {
        long epochMs = Story.START.toEpochMilli() + observation.atMs();
        Observation deciding = change.deciding().observation();
        return new Outcome.Transition(
                tenantEntity + ":" + alarm.id() + ":" + checkId + ":" + epochMs + ":" + change.state(),
                change.previous(),
                change.state(),
                observation.atMs(),
                change.deciding().verdict().status(),
                deciding.zone(),
                Map.copyOf(deciding.metrics()),
                alarm.rows().stream()
                        .map(row -> new Outcome.Seen(row.zone(), row.runState(), row.status(), row.atMs()))
                        .toList());
    }

    Outcome outcome() {
        TreeMap<String, Outcome.Published> published = new TreeMap<>();
        TreeMap<String, List<Outcome.Row>> rows = new TreeMap<>();
        for (NaiveAlarm alarm : alarms.values()) {
            Optional<Outcome.Transition> last = alarm.lastTransition(transitions.get(alarm.id()));
            published.put(
                    alarm.id(),
                    new Outcome.Published(
                            alarm.state(),
                            last.map(Outcome.Transition::previous).orElse(State.UNKNOWN),
                            last.map(Outcome.Transition::atMs).orElse(-1L),
                            last.map(Outcome.Transition::status).orElse(""),
                            !alarm.isBroken() || config.isEmpty(),
                            alarm.rows().stream()
                                    .map(row -> new Outcome.Vote(row.zone(), row.runState(), row.vote()))
                                    .toList()));
            rows.put(alarm.id(), alarm.rows());
        }
        return new Outcome(transitions, published, rows);
    }
}
