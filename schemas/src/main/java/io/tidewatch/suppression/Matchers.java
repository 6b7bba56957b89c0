package io.tidewatch.suppression;

import io.tidewatch.schema.AlarmMatcher;
import java.util.List;

/** Conditions on an alarm, all of which have to hold. */
public record Matchers(List<Matcher> all) {
    /** The most there may be: each is looked at for every alarm of the tenant. */
    public static final int MAX = 16;

    public Matchers {
        all = List.copyOf(all);
    }

    /**
     * @throws IllegalArgumentException when one of them names no field
     * @throws io.tidewatch.pattern.UnfitPatternException when one of them has no regular expression that may be used here
     */
    public static Matchers of(List<AlarmMatcher> stored) {
        return new Matchers(stored.stream().map(Matcher::of).toList());
    }

    /** Whether all of them hold; no conditions match nothing. */
    public boolean match(Subject subject) {
        return !all.isEmpty() && all.stream().allMatch(matcher -> matcher.matches(subject));
    }

    /**
     * Whether one of them demands what not every alarm is. A condition on the state does not count: every alarm with a problem has
     * one.
     */
    public boolean areDemanding() {
        return all.stream().anyMatch(Matcher::isDemanding);
    }
}
