package io.tidewatch.notifier.suppression;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that keeps news of some alarms from being told for some time.
 *
 * @param reason for people: what it is, with its id, and who wants it
 * @param hits the alarms
 * @param times when
 */
public record Suppression(Verdict.Withholds withholds, String reason, Predicate<Subject> hits, Times times) {
    /** When a suppression holds. Pure: the same instant has the same answer. */
    public interface Times {
        /** When it ends, if it holds at this instant. */
        Optional<Instant> endAt(Instant instant);

        /** When it begins next after this instant. */
        Optional<Instant> nextBegin(Instant instant);

        /** Once, from a time to another. */
        static Times once(Instant begin, Instant end) {
            return new Times() {
                @Override
                public Optional<Instant> endAt(Instant instant) {
                    return begin.isAfter(instant) || !end.isAfter(instant) ? Optional.empty() : Optional.of(end);
                }

                @Override
                public Optional<Instant> nextBegin(Instant instant) {
                    return begin.isAfter(instant) && begin.isBefore(end) ? Optional.of(begin) : Optional.empty();
                }
            };
        }
    }

    /**
     * A suppression of Rackspace Cloud Monitoring: hits what it names in any of its lists, and withholds the end of a problem
     * as well.
     *
     * @param checks as {@code entity:check}
     * @param alarms as {@code entity:alarm}
     */
    public static Suppression byIds(
            String reason,
            Set<String> plans,
            Set<String> entities,
            Set<String> checks,
            Set<String> alarms,
            Times times) {
        return new Suppression(
                Verdict.Withholds.EVERYTHING,
                reason,
                subject -> plans.contains(subject.planId())
                        || entities.contains(subject.entityId())
                        || checks.contains(subject.entityId() + ":" + subject.checkId())
                        || alarms.contains(subject.entityId() + ":" + subject.alarmId()),
                times);
    }

    /** A silence or a window: hits what all of its matchers match, and lets the ends of problems through. */
    public static Suppression byMatchers(String reason, List<Matcher> matchers, Times times) {
        List<Matcher> all = List.copyOf(matchers);
        return new Suppression(
                Verdict.Withholds.PROBLEMS,
                reason,
                subject -> all.stream().allMatch(matcher -> matcher.matches(subject)),
                times);
    }

    /**
     * What all suppressions of a tenant together withhold of an alarm. The strongest one is the reason, and of two as strong
     * ones the first.
     */
    public static Verdict verdict(Collection<Suppression> suppressions, Subject subject, Instant now) {
        Verdict verdict = Verdict.NONE;
        Optional<Instant> changes = Optional.empty();
        for (Suppression suppression : suppressions) {
            if (suppression.hits().test(subject)) {
                Optional<Instant> end = suppression.times().endAt(now);
                if (end.isPresent() && suppression.withholds().compareTo(verdict.withholds()) > 0) {
                    verdict = new Verdict(suppression.withholds(), suppression.reason(), end);
                }
                changes = earlier(changes, end);
                changes = earlier(changes, suppression.times().nextBegin(now));
            }
        }
        return new Verdict(verdict.withholds(), verdict.reason(), changes);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && (other.isEmpty() || one.get().isBefore(other.get())) ? one : other;
    }
}
