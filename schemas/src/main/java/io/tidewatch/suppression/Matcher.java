package io.tidewatch.suppression;

import io.tidewatch.pattern.PatternUse;
import io.tidewatch.pattern.UserPattern;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.State;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One condition on an alarm. A field that an alarm does not have is the empty text; a condition on the state of an alarm whose state is
 * not known holds.
 *
 * @param operator whether the field's value has to fulfil the condition or must not
 * @param condition as it is written, not negated
 */
public record Matcher(MatchedField field, MatchOperator operator, Predicate<String> condition) {
    /** The longest text or regular expression to compare with. */
    public static final int MAX_VALUE_CHARS = 255;

    /** Texts that have nothing in common: a pattern that matches all of them is taken to match everything. */
    private static final List<String> UNLIKE =
            List.of("a", "0", "-", "Zz9", "en7 x", "\u65e5\u672c", "web-1.example.org");

    /**
     * @throws IllegalArgumentException when there is no such field
     * @throws io.tidewatch.pattern.UnfitPatternException when the value is no regular expression that may be used here
     */
    public static Matcher of(AlarmMatcher stored) {
        MatchedField field = MatchedField.parse(stored.getField())
                .orElseThrow(() -> new IllegalArgumentException("Alarms have no field " + stored.getField()));
        return new Matcher(field, stored.getOperator(), condition(stored.getOperator(), stored.getValue()));
    }

    private static Predicate<String> condition(MatchOperator operator, String value) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> value::equals;
            case MATCHES, MATCHES_NOT -> UserPattern.compile(value, PatternUse.MATCHER)::matches;
        };
    }

    boolean matches(Subject subject) {
        boolean isUnknown = field.isState() && subject.state().isEmpty();
        return isUnknown || condition.test(field.of().apply(subject)) == isPositive();
    }

    /** Whether it says what an alarm has to be: not only what it must not be, and not something that every alarm is. */
    boolean isDemanding() {
        return isPositive()
                && !field.isState()
                && !condition.test("")
                && !Stream.concat(UNLIKE.stream(), Stream.of(State.values()).map(State::name))
                        .allMatch(condition);
    }

    private boolean isPositive() {
        return operator == MatchOperator.EQUAL || operator == MatchOperator.MATCHES;
    }
}
