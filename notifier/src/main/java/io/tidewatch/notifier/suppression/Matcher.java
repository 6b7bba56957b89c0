package io.tidewatch.notifier.suppression;

import io.tidewatch.pattern.UserPattern;
import java.util.function.Predicate;

/**
 * One condition on an alarm. A field that an alarm does not have is the empty text.
 *
 * @param field as {@link Subject} has them
 */
public record Matcher(String field, Predicate<String> condition) {
    public static Matcher equalTo(String field, String value) {
        return new Matcher(field, value::equals);
    }

    public static Matcher matching(String field, UserPattern pattern) {
        return new Matcher(field, pattern::matches);
    }

    public Matcher negated() {
        return new Matcher(field, condition.negate());
    }

    boolean matches(Subject subject) {
        return condition.test(subject.field(field));
    }
}
