package io.tidewatch.criteria;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Reads a user's regular expression before RE2/J does, and refuses what RE2/J 1.8 can't handle although it is legal:
 *
 * <ul>
 *   <li>Repetitions are unrolled without a bound, so that two dozen characters can ask for a hundred million instructions;
 *       RE2 and Go's regexp refuse what is repeated more than 1000 times in all.
 *   <li>Groups are compiled recursively.
 *   <li>Ignoring the case of U+1C80 to U+1C88 never ends. Source: google/re2j issue 168.
 * </ul>
 *
 * <p>Knows just enough of the syntax: groups, classes, escapes and repetitions. Says nothing of patterns that RE2/J will
 * refuse itself.
 */
public final class RegexScan {
    /**
     * What a pattern may cost: matching takes time in proportion to its instructions. A repetition of 1000, the most that
     * RE2 allows, fits in. Source: RE2/J 1.8 matches 2000 instructions against 1000 characters in about 15 ms at worst,
     * measured on the project's build machine.
     */
    private static final int MAX_INSTRUCTIONS = 2048;

    /** A cost above every limit. Multiplied by a repetition, it still fits a long. */
    private static final long COUNTLESS = 1_000_000;

    private static final int MAX_DEPTH = 100;

    /** The instructions of a group: begin of the capture, end of the capture, and a no-op in case the group is empty. */
    private static final int GROUP = 3;

    private static final int LONGEST_COUNTS = "{1000,1000}".length();
    private static final String STANDS_FOR_MANY = "dDsSwWpP";

    private final String pattern;
    private final Deque<Long> outerGroups = new ArrayDeque<>();
    private int at;
    private long group;
    private long last;
    private boolean ignoresCase;
    private boolean hasEndlessFolding;

    private RegexScan(String pattern) {
        this.pattern = pattern;
        read();
    }

    /** What keeps the pattern from being compiled, as the end of a sentence that begins with the pattern. */
    static Optional<String> objection(String pattern) {
        return objection(pattern, MAX_INSTRUCTIONS);
    }

    /**
     * What keeps the pattern from being compiled, as the end of a sentence that begins with the pattern.
     *
     * @param maxInstructions what it may cost: searching takes time in proportion to it
     */
    public static Optional<String> objection(String pattern, int maxInstructions) {
        RegexScan scan = new RegexScan(pattern);
        if (scan.ignoresCase && scan.hasEndlessFolding) {
            return Optional.of("ignores case, and so can't hold the characters U+1C80 to U+1C88");
        }
        return scan.group > maxInstructions
                ? Optional.of("is too large: use fewer and shorter repetitions, and fewer groups")
                : Optional.empty();
    }

    /**
     * At least the number of instructions that the pattern compiles to, if it compiles; 1 000 000 for anything larger, and
     * for groups more than 100 deep.
     */
    static long instructions(String pattern) {
        return new RegexScan(pattern).group;
    }

    private void read() {
        while (at < pattern.length()) {
            switch (pattern.charAt(at)) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> counted();
                case '*', '+', '?' -> repeat(1, 1);
                case '|' -> bar();
                default -> single();
            }
        }
        while (!outerGroups.isEmpty()) {
            close();
        }
        close();
    }

    /** Goes past a character that is one instruction. */
    private void single() {
        meets(characterAt(at), characterAt(at));
        at += lengthAt(at);
        instruction();
    }

    private void instruction() {
        last = 1;
        group++;
    }

    /** Two instructions: the fork, and a no-op in case the alternative that follows is empty. */
    private void bar() {
        single();
        group++;
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
        int first = at + (pattern.startsWith("[^", at) ? 2 : 1);
        at = first;
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
            return;
        }
        int from = characterAt(at);
        boolean many = pattern.charAt(at) == '\\'
                && at + 1 < pattern.length()
                && STANDS_FOR_MANY.indexOf(pattern.charAt(at + 1)) >= 0;
        at += lengthAt(at);
        if (!many && pattern.startsWith("-", at) && !pattern.startsWith("-]", at) && at + 1 < pattern.length()) {
            at++;
            meets(from, characterAt(at));
            at += lengthAt(at);
        } else {
            meets(from, from);
        }
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
        for (int next = place; next < pattern.length() && pattern.charAt(next) != '}'; next++) {
            int digit = Character.digit(pattern.charAt(next), 16);
            value = Math.min(Character.MAX_CODE_POINT, value * 16 + Math.max(0, digit));
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
    }
}
