package io.tidewatch.notifier.suppression;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which alarms have a problem, by what others may depend on: the alarm itself, its check and its entity, as {@code tenant/entity}, {@code
 * tenant/entity:check} and {@code tenant/entity:alarm}. Also which of these open alarms depend on, and what has recovered not long ago.
 * Pure; confined to one thread.
 */
public final class Problems {
    /** Who is looked at for whether an alarm depends on itself; beyond that it is taken not to. */
    private static final int LOOKED_AT = 64;

    private final Map<String, List<String>> pathsByAlarm = new HashMap<>();
    private final Map<String, Set<String>> alarmsByPath = new HashMap<>();
    private final Map<String, List<String>> parentsByAlarm = new HashMap<>();
    private final Map<String, Integer> dependants = new HashMap<>();

    /** The newest end of each path, the oldest first. */
    private final Map<String, End> ends = new LinkedHashMap<>();

    private record End(Instant at, String alarmKey) {}

    /** The paths of an alarm. */
    public static List<String> paths(String tenantId, String entityId, String checkId, String alarmId) {
        String entity = tenantId + "/" + entityId;
        return List.of(entity, entity + ":" + checkId, entity + ":" + alarmId);
    }

    /**
     * An alarm has a problem.
     *
     * @param paths its own
     * @param parents the paths that it depends on
     * @return whether that may change what others are withheld
     */
    public boolean put(String alarmKey, List<String> paths, List<String> parents) {
        List<String> parentsBefore =
                parents.isEmpty() ? parentsByAlarm.remove(alarmKey) : parentsByAlarm.put(alarmKey, parents);
        count(parentsBefore == null ? List.of() : parentsBefore, -1);
        count(parents, 1);
        if (pathsByAlarm.put(alarmKey, paths) != null) {
            return false;
        }
        paths.forEach(path ->
                alarmsByPath.computeIfAbsent(path, unused -> new TreeSet<>()).add(alarmKey));
        return matters(paths);
    }

    /**
     * An alarm has none any more.
     *
     * @param at when it was over; empty when it can't be told, as of one that is disabled
     * @return whether that may change what others are withheld
     */
    public boolean remove(String alarmKey, Optional<Instant> at) {
        List<String> parents = parentsByAlarm.remove(alarmKey);
        count(parents == null ? List.of() : parents, -1);
        List<String> paths = pathsByAlarm.remove(alarmKey);
        if (paths == null) {
            return false;
        }
        for (String path : paths) {
            Set<String> ofPath = alarmsByPath.get(path);
            if (ofPath != null && ofPath.remove(alarmKey) && ofPath.isEmpty()) {
                alarmsByPath.remove(path);
            }
        }
        at.ifPresent(end -> ended(alarmKey, paths, end));
        return matters(paths);
    }

    /** An alarm has recovered at some time. */
    public void ended(String alarmKey, List<String> paths, Instant at) {
        for (String path : paths) {
            End before = ends.get(path);
            if (before == null || at.isAfter(before.at())) {
                ends.remove(path);
                ends.put(path, new End(at, alarmKey));
            }
        }
    }

    /** Forgets recoveries that are older than any hold. */
    public void forget(Duration age, Instant now) {
        ends.values().removeIf(end -> end.at().plus(age).isBefore(now));
    }

    /** An alarm under a path that has a problem and holds another one; none that itself depends on that one. */
    Optional<String> holder(String path, String dependant) {
        return alarmsByPath.getOrDefault(path, Set.of()).stream()
                .filter(alarm -> !alarm.equals(dependant))
                .limit(LOOKED_AT)
                .filter(alarm -> !dependsOn(alarm, dependant))
                .findFirst();
    }

    /** When something under a path has last recovered, another alarm than the dependant itself. */
    Optional<Instant> lastEnd(String path, String dependant) {
        return Optional.ofNullable(ends.get(path))
                .filter(end -> !end.alarmKey().equals(dependant))
                .map(End::at);
    }

    /** Whether an alarm with a problem is held by another, or by one that is held by it, and so on. */
    private boolean dependsOn(String alarm, String other) {
        List<String> wanted = pathsByAlarm.getOrDefault(other, List.of());
        Deque<String> next = new ArrayDeque<>(List.of(alarm));
        Set<String> seen = new HashSet<>(next);
        while (!next.isEmpty() && seen.size() <= LOOKED_AT) {
            for (String parent : parentsByAlarm.getOrDefault(next.remove(), List.of())) {
                if (wanted.contains(parent)) {
                    return true;
                }
                alarmsByPath.getOrDefault(parent, Set.of()).stream()
                        .limit(LOOKED_AT)
                        .filter(seen::add)
                        .forEach(next::add);
            }
        }
        return false;
    }

    private boolean matters(List<String> paths) {
        return paths.stream().anyMatch(dependants::containsKey);
    }

    private void count(List<String> parents, int by) {
        parents.forEach(path -> dependants.merge(path, by, (one, other) -> one + other == 0 ? null : one + other));
    }
}
