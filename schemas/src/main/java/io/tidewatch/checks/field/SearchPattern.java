package io.tidewatch.checks.field;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tidewatch.criteria.RegexScan;

/**
 * A user's regular expression, searched for in what a target says. Matching takes time linear in the text, whatever the
 * expression. Immutable.
 *
 * <p>Source: java.util.regex backtracks, and a user could keep an event loop busy for minutes; RE2/J cannot.
 */
public final class SearchPattern {
    /** The longest expression that a check may have. Source: the check types of Rackspace Cloud Monitoring. */
    static final int MAX_CHARS = 255;

    /** The most characters of a match that go into a metric. Source: the check types of Rackspace Cloud Monitoring. */
    public static final int MAX_MATCH_LENGTH = 80;

    /**
     * The most instructions an expression may have. Source: measured here, 500 of them take a second over 100 000 bytes in
     * the worst case, and a usual expression a hundredth of that.
     */
    private static final int MAX_COST = 500;

    private final Pattern pattern;

    private SearchPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @param field where the expression comes from, for the message
     * @throws InvalidDetailsException when it is no regular expression of RE2's, or takes too long to search for
     */
    static SearchPattern compile(String field, String expression) {
        RegexScan.objection(expression, MAX_COST).ifPresent(objection -> {
            throw new InvalidDetailsException(field, objection);
        });
        try {
            return new SearchPattern(Pattern.compile(expression));
        } catch (PatternSyntaxException e) {
            throw new InvalidDetailsException(
                    field, "is not a regular expression in RE2 syntax: " + e.getDescription());
        }
    }

    /** Whether the text contains a match. */
    public boolean isIn(CharSequence text) {
        return pattern.matcher(text).find();
    }

    /** The first match in the text, or its first group if the expression has one, cut to length; empty without a match. */
    public String find(CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return "";
        }
        String group = matcher.groupCount() > 0 ? matcher.group(1) : null;
        return cut(group == null ? matcher.group() : group, MAX_MATCH_LENGTH);
    }

    /** The first characters of a text, without leaving half a surrogate pair. */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
    }
}
