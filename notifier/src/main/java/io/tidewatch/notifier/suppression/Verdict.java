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

    public boolean withholdsProblems() {
        return withholds != Withholds.NOTHING;
    }

    public boolean withholdsEnds() {
        return withholds == Withholds.EVERYTHING;
    }
}
