package io.tidewatch.notifier.suppression;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether news of an alarm is withheld right now.
 *
 * @param withholds what is
 * @param reason why, for people; empty when nothing is
 * @param until when that may change by itself; empty when only an event changes it
 */
public record Verdict(Withholds withholds, String reason, Optional<Instant> until) {
    public static final Verdict NONE = new Verdict(Withholds.NOTHING, "", Optional.empty());

    /** What is withheld. */
    public enum Withholds {
        NOTHING,

        /** New problems, updates and reminders: whoever was told of a problem is still told of its end. */
        PROBLEMS,

        /** Ends as well, as suppressions of Rackspace Cloud Monitoring do. The difference is told when it ends. */
        EVERYTHING
    }

    /** Problems are withheld until an event changes that. */
    public static Verdict problems(String reason) {
        return new Verdict(Withholds.PROBLEMS, reason, Optional.empty());
    }

    /** Problems are withheld until then. */
    public static Verdict problems(String reason, Instant until) {
        return new Verdict(Withholds.PROBLEMS, reason, Optional.of(until));
    }

    /** Both together: the stronger one is the reason, this one if they are as strong; it may change when either does. */
    public Verdict and(Verdict other) {
        Verdict reasoned = other.withholds.compareTo(withholds) > 0 ? other : this;
        return new Verdict(reasoned.withholds, reasoned.reason, earlier(until, other.until));
    }

    public boolean withholdsProblems() {
        return withholds != Withholds.NOTHING;
    }

    public boolean withholdsEnds() {
        return withholds == Withholds.EVERYTHING;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && (other.isEmpty() || one.get().isBefore(other.get())) ? one : other;
    }
}
