package io.tidewatch.checks.field;

import io.tidewatch.pattern.PatternUse;
import io.tidewatch.pattern.UnfitPatternException;
import io.tidewatch.pattern.UserPattern;

/**
 * A user's regular expression, searched for in what a target says. Matching takes time linear in the text, whatever the
 * expression. Immutable.
 */
public final class SearchPattern {
    /** The longest expression that a check may have. Source: the check types of Rackspace Cloud Monitoring. */
    static final int MAX_CHARS = 255;

    /** The most characters of a match that go into a metric. Source: the check types of Rackspace Cloud Monitoring. */
    public static final int MAX_MATCH_LENGTH = 80;

    private final UserPattern pattern;

    private SearchPattern(UserPattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @param field where the expression comes from, for the message
     * @throws InvalidDetailsException when it is no regular expression of RE2's, or takes too long to search for
     */
    static SearchPattern compile(String field, String expression) {
        try {
            return new SearchPattern(UserPattern.compile(expression, PatternUse.SEARCH));
        } catch (UnfitPatternException e) {
            throw new InvalidDetailsException(field, e.objection());
        }
    }

    /** Whether the text contains a match. */
    public boolean isIn(CharSequence text) {
        return pattern.isIn(text);
    }

    /** The first match in the text, or its first group if the expression has one, cut to length; empty without a match. */
    public String find(CharSequence text) {
        return pattern.find(text).map(match -> cut(match, MAX_MATCH_LENGTH)).orElse("");
    }

    /** The first characters of a text, without leaving half a surrogate pair. */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
    }
}
