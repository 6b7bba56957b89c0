package io.tidewatch.pattern;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Reads a user's regular expression before RE2/J does, and refuses what RE2/J 1.8 can't handle although it is legal:
 *
 * <ul>
 *   <li>Repetitions are unrolled without a bound, so that two dozen characters can ask for a hundred million instructions;
 *       RE2 and Go's regexp refuse what is repeated more than 1000 times in all.
 *   <li>Groups are compiled recursively.
 *   <li>Ignoring case walks through every character of a range, and the classes of an alternation are copied once for each
 *       further one: {@code (?i)[\x{2000}-\x{10ffff}\x{2000}-\x{10ffff}]} and so on takes minutes.
 *   <li>Ignoring the case of U+1C80 to U+1C88 never ends. Source: google/re2j issue 168.
 * </ul>
 *
 * <p>Knows just enough of the syntax: groups, classes, escapes and repetitions. Says nothing of patterns that RE2/J will
 * refuse itself.
 */
final class RegexScan {
    /** A cost above every limit. Multiplied by a repetition, it still fits a long. */
    private static final long COUNTLESS = 1_000_000;

    private static final int MAX_DEPTH = 100;

    /** The instructions of a group: begin of the capture, end of the capture, and a no-op in case the group is empty. */
    private static final int GROUP = 3;

    private static final int LONGEST_COUNTS = "{1000,1000}".length();

    /** What stands for a place between characters. */
    private static final Set<String> PLACES = Set.of("^", "$", "\\A", "\\b", "\\B", "\\z", "\\Z");

    private static final String STANDS_FOR_MANY = "dDsSwWpP";

    /** Of {@code \p{Ll}} with case ignored, the largest, RE2/J 1.8 makes 617. */
    private static final int RANGES_OF_UNICODE_CLASS = 640;

    /** Of {@code \w} with case ignored it makes 6, and of a negated one 7. */
    private static final int RANGES_OF_NAMED_CLASS = 8;

    /** What is before and what is behind the newline. */
    private static final int RANGES_OF_DOT = 2;

    /** What the other forms of all characters of a range add; a character has three at most. Measured for all ranges. */
    private static final int MAX_FOLDED_RANGES = 128;

    /** Letters of ASCII have their other form in a second range, and k and s a third one each. */
    private static final int FOLDED_RANGES_OF_ASCII = 3;

    /** What one range in a class takes, in steps of {@link PatternCost}. Source: 0.46 µs, measured. */
    private static final int STEPS_OF_RANGE = 8;

    private final String pattern;
    private final Deque<Long> outerGroups = new ArrayDeque<>();
    private int at;
    private int lazyAt = -1;
    private boolean lastMayBeEmpty;
    private long group;
    private long last;
    private boolean ignoresCase;
    private boolean hasEndlessFolding;
    private long ranges;
    private long folded;
    private long foldedRanges;
    private long alternatives;

    private RegexScan(String pattern) {
        this.pattern = pattern;
        read();
    }

    static RegexScan of(String pattern) {
        return new RegexScan(pattern);
    }

    /** Whether RE2/J never finishes compiling it. */
    boolean foldsForEver() {
        return ignoresCase && hasEndlessFolding;
    }

    /**
     * At least what the pattern takes, if it compiles; 1 000 000 instructions for anything larger, and for groups more than
     * 100 deep.
     */
    PatternCost cost() {
        long allRanges = ranges + (ignoresCase ? foldedRanges : 0);
        return new PatternCost(
                group, allRanges, allRanges * (STEPS_OF_RANGE + alternatives) + (ignoresCase ? folded : 0));
    }

    private void read() {
        while (at < pattern.length()) {
            switch (pattern.charAt(at)) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> counted();
                // Of what may be empty, such as ^*, RE2/J makes (^+)?.
                case '*' -> repeat(1, lastMayBeEmpty ? 2 : 1);
                case '+' -> repeat(1, 1);
                case '?' -> optional();
                case '|' -> bar();
                default -> single();
            }
        }
        while (!outerGroups.isEmpty()) {
            close();
        }
        close();
    }

    /** Goes past a character that is one instruction, or a class that is written as one. */
    private void single() {
        if (standsForMany(at)) {
            ranges += rangesOfMany(at);
        } else if (pattern.charAt(at) == '.') {
            ranges += RANGES_OF_DOT;
        }
        meets(characterAt(at), characterAt(at));
        int length = lengthAt(at);
        boolean isPlace = PLACES.contains(pattern.substring(at, Math.min(pattern.length(), at + length)));
        at += length;
        instruction();
        lastMayBeEmpty = isPlace;
    }

    private void instruction() {
        last = 1;
        lastMayBeEmpty = false;
        group++;
    }

    /** Two instructions: the fork, and a no-op in case the alternative that follows is empty. */
    private void bar() {
        at++;
        instruction();
        group++;
        alternatives++;
    }

    private void escape() {
        if (!pattern.startsWith("\\Q", at)) {
            single();
            return;
        }
        at += 2;
        while (at < pattern.length() && !pattern.startsWith("\\E", at)) {
            meets(pattern.codePointAt(at), pattern.codePointAt(at));
            at += Character.charCount(pattern.codePointAt(at));
            instruction();
        }
        at += 2;
    }

    private void characterClass() {
        boolean negated = pattern.startsWith("[^", at);
        int first = at + (negated ? 2 : 1);
        at = first;
        ranges += negated ? 1 : 0;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
            classMember();
        }
        at++;
        instruction();
    }

    private void classMember() {
        int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at) : -1;
        if (named >= 0) {
            at = named + 2;
            ranges += RANGES_OF_NAMED_CLASS;
            return;
        }
        int from = characterAt(at);
        boolean many = standsForMany(at);
        if (many) {
            ranges += rangesOfMany(at);
        }
        at += lengthAt(at);
        if (!many && pattern.startsWith("-", at) && !pattern.startsWith("-]", at) && at + 1 < pattern.length()) {
            at++;
            meets(from, characterAt(at));
            at += lengthAt(at);
        } else {
            meets(from, from);
        }
    }

    private boolean standsForMany(int place) {
        return pattern.charAt(place) == '\\'
                && place + 1 < pattern.length()
                && STANDS_FOR_MANY.indexOf(pattern.charAt(place + 1)) >= 0;
    }

    private int rangesOfMany(int place) {
        return "pP".indexOf(pattern.charAt(place + 1)) < 0 ? RANGES_OF_NAMED_CLASS : RANGES_OF_UNICODE_CLASS;
    }

    /** The code point that the plain or escaped character stands for; for an escape of another kind, any other. */
    private int characterAt(int place) {
        if (pattern.startsWith("\\x{", place)) {
            return hexadecimal(place + 3);
        }
        boolean escaped = pattern.charAt(place) == '\\' && place + 1 < pattern.length();
        return pattern.codePointAt(escaped ? place + 1 : place);
    }

    private int hexadecimal(int place) {
        int value = 0;
        for (int next = place; next < pattern.length(); next++) {
            int digit = Character.digit(pattern.charAt(next), 16);
            if (digit < 0) {
                return value;
            }
            value = Math.min(Character.MAX_CODE_POINT, value * 16 + digit);
        }
        return value;
    }

    private int lengthAt(int place) {
        if (pattern.charAt(place) != '\\' || place + 1 == pattern.length()) {
            return Character.charCount(pattern.codePointAt(place));
        }
        boolean braced = place + 2 < pattern.length()
                && "pPx".indexOf(pattern.charAt(place + 1)) >= 0
                && pattern.charAt(place + 2) == '{';
        int close = braced ? pattern.indexOf('}', place) : -1;
        return close < 0 ? 1 + Character.charCount(pattern.codePointAt(place + 1)) : close + 1 - place;
    }

    private void meets(int from, int to) {
        hasEndlessFolding |= from <= 0x1C88 && to >= 0x1C80;
        int characters = Math.max(1, to - from + 1);
        folded += characters;
        foldedRanges += to < 128 ? FOLDED_RANGES_OF_ASCII : Math.min(3 * characters, MAX_FOLDED_RANGES);
        ranges++;
    }

    private void open() {
        at++;
        if (pattern.startsWith("?", at)) {
            int flags = at;
            while (at < pattern.length() && ":>)".indexOf(pattern.charAt(at)) < 0) {
                at++;
            }
            ignoresCase |= pattern.substring(flags, at).indexOf('i') >= 0;
            at++;
            if (pattern.charAt(Math.min(at, pattern.length()) - 1) == ')') {
                return;
            }
        }
        outerGroups.push(group);
        group = outerGroups.size() > MAX_DEPTH ? COUNTLESS : 0;
    }

    private void close() {
        at++;
        lastMayBeEmpty = true;
        last = Math.min(COUNTLESS, group + GROUP);
        group = Math.min(COUNTLESS, last + (outerGroups.isEmpty() ? 0 : outerGroups.pop()));
    }

    private void counted() {
        int length = pattern.substring(at, Math.min(pattern.length(), at + LONGEST_COUNTS))
                .indexOf('}');
        String counts = length < 0 ? "" : pattern.substring(at + 1, at + length);
        int comma = counts.indexOf(',');
        int least = count(comma < 0 ? counts : counts.substring(0, comma));
        int most = comma < 0 || comma == counts.length() - 1 ? least : count(counts.substring(comma + 1));
        if (least < 0 || most < 0) {
            single();
        } else {
            repeat(Math.max(1, most), 1 + Math.max(0, most - least));
            at += length;
            lazyAt = at;
        }
    }

    /** Right after a repetition, as in {@code x*?}, it says which match comes first, and costs nothing. */
    private void optional() {
        if (at == lazyAt) {
            at++;
        } else {
            repeat(1, 1);
        }
    }

    /** A number of at most four digits; -1 for anything else, which RE2 either refuses or takes literally. */
    private static int count(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 4 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }

    /** Repeats the last element: counts its instructions once for each copy, and the jumps between the copies. */
    private void repeat(int copies, int jumps) {
        at++;
        long repeated = Math.min(COUNTLESS, last * copies + jumps);
        group = Math.min(COUNTLESS, group - last + repeated);
        last = repeated;
        lazyAt = at;
    }
}
