package io.tidewatch.criteria;

import io.tidewatch.criteria.Criteria.Comparison;
import io.tidewatch.criteria.Criteria.Conditional;
import io.tidewatch.criteria.Criteria.ConsistencyLevel;
import io.tidewatch.criteria.Criteria.Return;
import io.tidewatch.criteria.Criteria.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the text of an alarm's criteria. By recursive descent, one method for each rule of the grammar, here and in
 * {@link ConditionParser}. The grammar never nests, so that the stack stays flat, and time is bounded by a text of
 * {@value #MAX_TEXT_LENGTH} characters. Thread-safe.
 *
 * <p>Lines end with a newline alone. A carriage return is no white space of the language, and refused with a sentence
 * that says so, except in strings and comments, where any character may stand.
 */
public final class CriteriaParser {
    /** The longest text that is accepted, in UTF-16 units. */
    public static final int MAX_TEXT_LENGTH = 16_384;

    private static final int MAX_CONDITIONALS = 10;
    private static final int MAX_CONSECUTIVE_COUNT = 5;
    private static final String STRAY_SEMICOLON = "only 'return new AlarmStatus(...);' ends with a ';'";

    private final Cursor cursor;
    private ConsistencyLevel consistencyLevel = ConsistencyLevel.QUORUM;
    private OptionalInt consecutiveCount = OptionalInt.empty();
    private String metricPrefix = "";

    private CriteriaParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * @throws CriteriaException when the text does not follow the grammar, breaks a limit, calls a function that does
     *     not exist or with wrong arguments, or holds a regular expression that does not compile
     */
    public static Criteria parse(String text) {
        Cursor cursor = new Cursor(text);
        if (text.length() > MAX_TEXT_LENGTH) {
            throw cursor.refused(
                    MAX_TEXT_LENGTH,
                    "the criteria has " + text.length() + " characters, but at most " + MAX_TEXT_LENGTH
                            + " are allowed");
        }
        return new CriteriaParser(cursor).criteria();
    }

    private Criteria criteria() {
        cursor.skipSpace();
        while (cursor.take(":set")) {
            setting();
        }
        ConditionParser conditions = new ConditionParser(cursor, metricPrefix);
        List<Conditional> conditionals = new ArrayList<>();
        while (cursor.at("if")) {
            requireRoom(conditionals);
            conditionals.add(conditional(conditions));
        }
        Optional<Return> otherwise = Optional.empty();
        while (cursor.at("return")) {
            Return next = returned();
            otherwise = Optional.of(otherwise.orElse(next));
        }
        if (!cursor.atEnd()) {
            throw trailing(conditionals.isEmpty(), otherwise.isEmpty());
        }
        return new Criteria(consistencyLevel, consecutiveCount, conditionals, otherwise);
    }

    private CriteriaException trailing(boolean beforeIf, boolean beforeReturn) {
        String settings = beforeIf && beforeReturn ? "':set', " : "";
        String ifs = beforeReturn ? "'if', " : "";
        return cursor.expected(settings + ifs + "'return' or the end of the text", misplaced());
    }

    private String misplaced() {
        if (cursor.at(":set")) {
            return "every ':set' stands before the first 'if' and 'return'";
        }
        if (cursor.at("if")) {
            return "every 'if' stands before the first 'return' outside of a block";
        }
        return cursor.at(";") ? STRAY_SEMICOLON : "";
    }

    private void setting() {
        cursor.skipSpace();
        if (cursor.take("consistencyLevel")) {
            equalsSign();
            consistencyLevel = consistencyLevel();
        } else if (cursor.take("consecutiveCount")) {
            equalsSign();
            consecutiveCount = OptionalInt.of(consecutiveCount());
        } else if (cursor.take("dimensionFilter")) {
            equalsSign();
            metricPrefix = cursor.takeString("the dimension") + ".";
        } else {
            throw cursor.expected("consistencyLevel, consecutiveCount or dimensionFilter after ':set'");
        }
        cursor.skipSpace();
    }

    private void equalsSign() {
        cursor.skipSpace();
        cursor.expect("=", "after the name of the setting");
        cursor.skipSpace();
    }

    private ConsistencyLevel consistencyLevel() {
        for (ConsistencyLevel level : ConsistencyLevel.values()) {
            if (cursor.take(level.name())) {
                return level;
            }
        }
        throw cursor.expected("ONE, QUORUM or ALL as consistencyLevel");
    }

    private int consecutiveCount() {
        if (!cursor.atAny("123456789")) {
            throw cursor.expected("a whole number from 1 to " + MAX_CONSECUTIVE_COUNT + " as consecutiveCount");
        }
        int start = cursor.position();
        String digits = cursor.takeWhile(CharacterClass.DIGIT);
        if (digits.length() > 1 || Integer.parseInt(digits) > MAX_CONSECUTIVE_COUNT) {
            throw cursor.refused(start, "consecutiveCount has to be a whole number from 1 to " + MAX_CONSECUTIVE_COUNT);
        }
        return Integer.parseInt(digits);
    }

    private void requireRoom(List<Conditional> conditionals) {
        if (conditionals.size() == MAX_CONDITIONALS) {
            throw cursor.refused(
                    cursor.position(), "a criteria has at most " + MAX_CONDITIONALS + " 'if' blocks; this is one more");
        }
    }

    private Conditional conditional(ConditionParser conditions) {
        cursor.expect("if", "here");
        cursor.skipSpace();
        cursor.expect("(", "after 'if'");
        List<List<Comparison>> anyOf = conditions.condition();
        cursor.skipSpace();
        cursor.expect("{", "after the condition");
        cursor.skipSpace();
        if (!cursor.at("return")) {
            throw cursor.expected("'return' in the block of an 'if'");
        }
        Return result = returned();
        if (!cursor.take("}")) {
            throw cursor.expected("'}' after the return", cursor.at(";") ? STRAY_SEMICOLON : "");
        }
        cursor.skipSpace();
        return new Conditional(anyOf, result);
    }

    private Return returned() {
        int line = cursor.line();
        cursor.expect("return", "here");
        cursor.expect(" ", "right after 'return'");
        cursor.skipSpace();
        boolean complete = cursor.take("new");
        if (complete) {
            cursor.skipSpace();
            cursor.expect("AlarmStatus", "after 'new'");
            cursor.expect("(", "right after 'AlarmStatus'");
            cursor.skipSpace();
        }
        Verdict verdict = verdict();
        cursor.skipSpace();
        Optional<String> message = message();
        if (complete) {
            cursor.skipSpace();
            cursor.expect(")", "after the arguments of AlarmStatus");
            cursor.skipSpace();
            cursor.expect(";", "after the return");
        }
        cursor.skipSpace();
        return new Return(verdict, message, line);
    }

    private Verdict verdict() {
        for (Verdict verdict : Verdict.values()) {
            if (cursor.take(verdict.name())) {
                return verdict;
            }
        }
        throw cursor.expected("OK, WARNING or CRITICAL");
    }

    private Optional<String> message() {
        if (!cursor.take(",")) {
            return Optional.empty();
        }
        cursor.skipSpace();
        return Optional.of(cursor.takeString("the status text"));
    }
}
