package io.tidewatch.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * A regular expression that a user wrote, in RE2 syntax. It is compiled only when its text says that this takes little time
 * and memory, and it matches in time linear in the text. Immutable, for any thread.
 *
 * <p>Source: java.util.regex backtracks, and a user could keep a thread busy for minutes; RE2/J cannot. But it compiles
 * whatever it is given, see {@link RegexScan}.
 */
public final class UserPattern {
    private final Pattern pattern;
    private final PatternCost cost;

    private UserPattern(Pattern pattern, PatternCost cost) {
        this.pattern = pattern;
        this.cost = cost;
    }

    /**
     * @throws UnfitPatternException when it is no regular expression of RE2's, or would take too much time or memory, now or
     *     when it is used
     */
    public static UserPattern compile(String expression, PatternUse use) {
        RegexScan scan = RegexScan.of(expression);
        if (scan.foldsForEver()) {
            throw new UnfitPatternException("ignores case, and so can't hold the characters U+1C80 to U+1C88");
        }
        if (scan.cost().isTooMuchFor(use)) {
            throw new UnfitPatternException(
                    "is too large: use fewer and shorter repetitions, fewer groups, and smaller classes of characters");
        }
        try {
            return new UserPattern(Pattern.compile(expression), scan.cost());
        } catch (PatternSyntaxException e) {
            throw new UnfitPatternException("does not compile: " + reason(e));
        }
    }

    /** Whether it matches the text from its begin to its end. */
    public boolean matches(String text) {
        return pattern.matches(text);
    }

    /** Whether the text contains a match. */
    public boolean isIn(CharSequence text) {
        return pattern.matcher(text).find();
    }

    /** The first match in the text, or its first group if the expression has one. */
    public Optional<String> find(CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String group = matcher.groupCount() > 0 ? matcher.group(1) : null;
        return Optional.of(group == null ? matcher.group() : group);
    }

    /** What it was foreseen to take; it takes no more. */
    public PatternCost cost() {
        return cost;
    }

    /** How many instructions it has. Times a text's length, how long matching can take. */
    public int instructions() {
        return pattern.programSize();
    }

    private static String reason(PatternSyntaxException e) {
        return e.getPattern().isEmpty() ? e.getDescription() : e.getDescription() + ": " + e.getPattern();
    }
}
