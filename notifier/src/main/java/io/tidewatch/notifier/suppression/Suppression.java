package io.tidewatch.notifier.suppression;

import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Subject;
import io.tidewatch.suppression.Times;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that keeps news of some alarms from being told at some times.
 *
 * @param reason for people: what it is, with its id, and who wants it
 * @param hits the alarms
 * @param times when
 */
public record Suppression(Verdict.Withholds withholds, String reason, Predicate<Subject> hits, Times times) {
    /** What a suppression names: it hits what is in any of the lists. */
    public record Names(Set<String> plans, Set<String> entities, Set<String> checks, Set<String> alarms)
            implements Predicate<Subject> {
        public Names {
            plans = Set.copyOf(plans);
            entities = Set.copyOf(entities);
            checks = Set.copyOf(checks);
            alarms = Set.copyOf(alarms);
        }

        @Override
        public boolean test(Subject subject) {
            return plans.contains(subject.planId())
                    || entities.contains(subject.entity().id())
                    || checks.contains(subject.checkPair())
                    || alarms.contains(subject.alarmPair());
        }
    }

    /** A suppression of Rackspace Cloud Monitoring: withholds the end of a problem as well. */
    public static Suppression byIds(String reason, Names names, Times times) {
        return new Suppression(Verdict.Withholds.EVERYTHING, reason, names, times);
    }

    /** Hits what all of its matchers match, and lets the ends of problems through. */
    public static Suppression silence(String reason, Matchers matchers, Times times) {
        return new Suppression(Verdict.Withholds.PROBLEMS, reason, matchers::match, times);
    }

    /** Hits what it names and what all of its matchers match, and lets the ends of problems through. */
    public static Suppression window(String reason, Names names, Matchers matchers, Times times) {
        return new Suppression(Verdict.Withholds.PROBLEMS, reason, names.or(matchers::match), times);
    }

    /**
     * What all suppressions of a tenant together withhold of an alarm. The strongest one is the reason, and of two as strong
     * ones the first.
     */
    public static Verdict verdict(Collection<Suppression> suppressions, Subject subject, Instant now) {
        Verdict verdict = Verdict.NONE;
        for (Suppression suppression : suppressions) {
            verdict = verdict.and(suppression.verdict(subject, now));
        }
        return verdict;
    }

    /** Those that are over are not asked what they hit. */
    private Verdict verdict(Subject subject, Instant now) {
        Optional<Instant> end = times.endAt(now);
        Optional<Instant> next = times.nextBegin(now);
        if ((end.isEmpty() && next.isEmpty()) || !hits.test(subject)) {
            return Verdict.NONE;
        }
        Verdict later = new Verdict(Verdict.Withholds.NOTHING, "", next);
        return end.map(at -> new Verdict(withholds, reasonUntil(at), end).and(later))
                .orElse(later);
    }

    /** The end of a suppression of Rackspace Cloud Monitoring may move: it is not part of why. */
    private String reasonUntil(Instant end) {
        return withholds == Verdict.Withholds.EVERYTHING ? reason : reason + ", until " + end;
    }
}
