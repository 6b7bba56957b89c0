package io.tidewatch.notifier.suppression;

import io.tidewatch.suppression.Subject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The alarms of one tenant that have a problem and may inhibit others, by the values that their targets have to share: to find who
 * inhibits an alarm takes as long as there are rules, however many alarms have a problem. Pure; confined to one thread.
 *
 * <p>An alarm never inhibits itself, and of alarms that would inhibit each other, at once or through others, the one whose problem is
 * the oldest is told.
 */
public final class Inhibitors {
    /** Of a tenant without rules: keeps nothing. */
    public static final Inhibitors NONE = new Inhibitors(List.of());

    /** So many of the alarms that may inhibit one are looked at, the oldest problem first. */
    private static final int LOOKED_AT = 64;

    private final List<Inhibition> rules;
    private final Map<Group, NavigableSet<Source>> sources = new HashMap<>();
    private final Map<String, Standing> byAlarm = new HashMap<>();

    private record Group(String rule, List<String> values) {}

    private record Standing(Source source, Subject subject, Set<Group> groups) {}

    private record Source(Instant since, String alarmKey) implements Comparable<Source> {
        @Override
        public int compareTo(Source other) {
            int byTime = since.compareTo(other.since);
            return byTime == 0 ? alarmKey.compareTo(other.alarmKey) : byTime;
        }
    }

    /** Those of a tenant, by its rules. */
    public Inhibitors(Collection<Inhibition> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * An alarm has a problem.
     *
     * @return whether that may change what others are withheld
     */
    public boolean put(String alarmKey, Subject subject, Instant since) {
        if (rules.isEmpty()) {
            return false;
        }
        Set<Group> groups = groups(rule -> rule.groupOfSource(subject));
        Standing now = new Standing(new Source(since, alarmKey), subject, groups);
        Standing before = byAlarm.get(alarmKey);
        if (before != null
                && before.source().equals(now.source())
                && before.groups().equals(groups)) {
            byAlarm.put(alarmKey, now);
            return false;
        }
        boolean removed = remove(alarmKey);
        byAlarm.put(alarmKey, now);
        groups.forEach(group ->
                sources.computeIfAbsent(group, unused -> new TreeSet<>()).add(now.source()));
        return removed || !groups.isEmpty();
    }

    /**
     * An alarm has no problem any more.
     *
     * @return whether that may change what others are withheld
     */
    public boolean remove(String alarmKey) {
        Standing before = byAlarm.remove(alarmKey);
        if (before == null) {
            return false;
        }
        for (Group group : before.groups()) {
            NavigableSet<Source> ofGroup = sources.get(group);
            if (ofGroup != null && ofGroup.remove(before.source()) && ofGroup.isEmpty()) {
                sources.remove(group);
            }
        }
        return !before.groups().isEmpty();
    }

    /** Whether problems of an alarm are withheld because of another one. */
    public Verdict verdict(String alarmKey, Subject subject, Instant since) {
        Source target = new Source(since, alarmKey);
        for (Group group : groupsAsTarget(subject)) {
            Optional<Source> inhibitor = members(group)
                    .filter(source -> !source.alarmKey().equals(alarmKey))
                    .filter(source -> source.compareTo(target) < 0 || !inhibits(alarmKey, source.alarmKey()))
                    .findFirst();
            if (inhibitor.isPresent()) {
                return Verdict.problems("inhibition " + group.rule() + " by the alarm "
                        + inhibitor.get().alarmKey());
            }
        }
        return Verdict.NONE;
    }

    /** Whether an alarm inhibits another one, or one that inhibits it, and so on. */
    private boolean inhibits(String alarmKey, String other) {
        Standing one = byAlarm.get(alarmKey);
        if (one == null || one.groups().isEmpty()) {
            return false;
        }
        Deque<String> next = new ArrayDeque<>(List.of(other));
        Set<String> seen = new HashSet<>(next);
        while (!next.isEmpty() && seen.size() <= LOOKED_AT) {
            Standing inhibited = byAlarm.get(next.remove());
            if (inhibited == null) {
                continue;
            }
            for (Group group : groupsAsTarget(inhibited.subject())) {
                if (one.groups().contains(group)) {
                    return true;
                }
                members(group).map(Source::alarmKey).filter(seen::add).forEach(next::add);
            }
        }
        return false;
    }

    private Stream<Source> members(Group group) {
        return sources.getOrDefault(group, new TreeSet<>()).stream().limit(LOOKED_AT);
    }

    private Set<Group> groupsAsTarget(Subject subject) {
        return groups(rule -> rule.groupOfTarget(subject));
    }

    private Set<Group> groups(Function<Inhibition, Optional<List<String>>> valuesOf) {
        Set<Group> groups = new LinkedHashSet<>();
        rules.forEach(rule -> valuesOf.apply(rule).ifPresent(values -> groups.add(new Group(rule.id(), values))));
        return groups;
    }
}
