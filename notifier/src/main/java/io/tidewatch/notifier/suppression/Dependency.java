package io.tidewatch.notifier.suppression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an alarm depends on, and how long it takes to find out about either.
 *
 * @param parents paths as {@link Problems} has them
 * @param detection of the alarm itself: how long until a fresh result has decided
 */
public record Dependency(List<Parent> parents, Duration detection) {
    public static final Dependency NONE = new Dependency(List.of(), Duration.ZERO);

    public Dependency {
        parents = List.copyOf(parents);
    }

    /** @param detection how long it takes at most until its alarms have a problem that it has */
    public record Parent(String path, Duration detection) {}

    /**
     * Whether a problem is held because of what it depends on: while that has a problem; until that would be known to have one; and,
     * when that has recovered, until a fresh result says how the alarm itself is.
     *
     * @param since when the alarm's problem began
     */
    public Verdict verdict(String alarmKey, Instant since, Problems problems, Instant now) {
        Verdict verdict = Verdict.NONE;
        for (Parent parent : parents) {
            verdict = verdict.and(verdict(parent, alarmKey, since, problems, now));
        }
        return verdict;
    }

    private Verdict verdict(Parent parent, String alarmKey, Instant since, Problems problems, Instant now) {
        String name = name(parent.path());
        if (problems.holder(parent.path(), alarmKey).isPresent()) {
            return Verdict.problems("depends on " + name + ", which has a problem");
        }
        Instant recovered = problems.lastEnd(parent.path(), alarmKey)
                .map(end -> end.plus(detection))
                .orElse(now);
        if (recovered.isAfter(now)) {
            return Verdict.problems(
                    "depends on " + name + ", which has just recovered: told if it is still so at " + recovered,
                    recovered);
        }
        Instant known = since.plus(parent.detection());
        return known.isAfter(now)
                ? Verdict.problems("depends on " + name + ", which may have a problem too until " + known, known)
                : Verdict.NONE;
    }

    private static String name(String path) {
        return path.substring(path.indexOf('/') + 1);
    }
}
