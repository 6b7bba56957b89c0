package io.tidewatch.criteria;

/** The reading position in the text of a criteria. Knows the lexical rules, and makes the errors. */
final class Cursor {
    /**
     * The longest number. The smallest double takes 1076 characters when it is written out exactly, and to read a number
     * takes time that grows faster than its length.
     */
    private static final int MAX_NUMBER_LENGTH = 1100;

    private final String text;
    private int position;
    private int endOfLastToken;
    private int line = 1;
    private int lineCountedTo;

    Cursor(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    /** The line of the current place, from 1. Counts on from where it was asked last: the whole text costs one pass. */
    int line() {
        for (; lineCountedTo < position; lineCountedTo++) {
            if (text.charAt(lineCountedTo) == '\n') {
                line++;
            }
        }
        return line;
    }

    boolean atEnd() {
        return position == text.length();
    }

    boolean at(String literal) {
        return text.startsWith(literal, position);
    }

    /** Whether the current character is one of these. */
    boolean atAny(String characters) {
        return !atEnd() && characters.indexOf(text.charAt(position)) >= 0;
    }

    /** Goes past the literal if it stands here. */
    boolean take(String literal) {
        if (!at(literal)) {
            return false;
        }
        move(literal.length());
        return true;
    }

    /** Goes past as many characters as match, and gives them. */
    String takeWhile(CharacterClass matching) {
        int end = position;
        while (end < text.length() && matching.contains(text.charAt(end))) {
            end++;
        }
        String taken = text.substring(position, end);
        move(taken.length());
        return taken;
    }

    /** Goes past the literal. */
    void expect(String literal, String where) {
        if (!take(literal)) {
            throw expected((literal.isBlank() ? "a space " : "'" + literal + "' ") + where);
        }
    }

    /** Goes past white space and comments. */
    void skipSpace() {
        while (!atEnd()) {
            if (atAny(" \n\t")) {
                position++;
            } else if (at("#")) {
                int newline = text.indexOf('\n', position);
                position = newline < 0 ? text.length() : newline;
            } else if (at("/*")) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int depth = 0;
        int end = position;
        do {
            if (text.startsWith("/*", end)) {
                depth++;
                end += 2;
            } else if (text.startsWith("*/", end)) {
                depth--;
                end += 2;
            } else {
                end++;
            }
            if (end >= text.length() && depth > 0) {
                throw refused(position, "this comment is not closed: '*/' is missing, once for each '/*' in it");
            }
        } while (depth > 0);
        position = end;
    }

    /** Goes past a string and gives its value, escapes resolved. */
    String takeString(String what) {
        if (!atAny("'\"")) {
            throw expected(what + ", in quotes");
        }
        int open = position;
        char quote = text.charAt(open);
        StringBuilder value = new StringBuilder();
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\') {
                value.append(escaped(at));
                at += text.charAt(at + 1) == 'u' ? 6 : 2;
            } else {
                value.append(text.charAt(at));
                at++;
            }
        }
        if (at >= text.length()) {
            throw refused(open, "the string that begins here is not closed with " + quote);
        }
        move(at + 1 - open);
        return value.toString();
    }

    private char escaped(int backslash) {
        if (backslash + 1 == text.length()) {
            throw refused(backslash, "the text ends in the middle of a string");
        }
        char letter = text.charAt(backslash + 1);
        return switch (letter) {
            case '"', '\'', '/', '\\' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(backslash);
            default ->
                throw refused(
                        backslash,
                        "there is no escape \\" + Character.toString(text.codePointAt(backslash + 1))
                                + "; for a backslash in a string write two");
        };
    }

    private char unicode(int backslash) {
        int value = 0;
        for (int at = backslash + 2; at < backslash + 6; at++) {
            int digit = at < text.length() && text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw refused(backslash, "after \\u four hexadecimal digits have to follow");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    /** Goes past a number: an integer literal if it is one and fits an int64, else a decimal. */
    Criteria.Operand takeNumber() {
        int start = position;
        take("-");
        if (!take("0") && takeWhile(CharacterClass.DIGIT).isEmpty()) {
            throw expected("a digit after '-'");
        }
        boolean fraction = takeFraction();
        boolean exponent = takeExponent();
        String number = text.substring(start, position);
        if (number.length() > MAX_NUMBER_LENGTH) {
            throw refused(
                    start,
                    "this number has " + number.length() + " characters, but at most " + MAX_NUMBER_LENGTH
                            + " are allowed");
        }
        if (!fraction && !exponent) {
            try {
                return new Criteria.IntegerLiteral(Long.parseLong(number));
            } catch (NumberFormatException tooLarge) {
                // It does not fit an int64, and becomes the nearest double.
            }
        }
        double value = Double.parseDouble(number) + 0.0; // -0.0 becomes 0.0: they are one number to the language
        if (Double.isInfinite(value)) {
            throw refused(start, "this number is too large: at most 1.7976931348623157e308 can be compared");
        }
        return new Criteria.DecimalLiteral(value);
    }

    private boolean takeFraction() {
        return takeWithDigits(at(".") ? 1 : 0);
    }

    private boolean takeExponent() {
        if (!atAny("eE")) {
            return false;
        }
        boolean signed = position + 1 < text.length() && "+-".indexOf(text.charAt(position + 1)) >= 0;
        return takeWithDigits(signed ? 2 : 1);
    }

    /** Goes past a prefix of this length and the digits behind it; stays, if the length is 0 or no digit follows. */
    private boolean takeWithDigits(int prefixLength) {
        int digits = position + prefixLength;
        if (prefixLength == 0 || digits >= text.length() || !CharacterClass.DIGIT.contains(text.charAt(digits))) {
            return false;
        }
        move(prefixLength);
        takeWhile(CharacterClass.DIGIT);
        return true;
    }

    /** An error here: something else was expected. */
    CriteriaException expected(String what) {
        return expected(what, "");
    }

    /**
     * An error here: something else was expected.
     *
     * @param hint what the author may have meant, as the end of the sentence
     */
    CriteriaException expected(String what, String hint) {
        Token token = Token.at(text, position);
        String why = token.hint().isEmpty() ? hint : token.hint();
        String message = "expected " + what + ", but found " + token.shown() + (why.isEmpty() ? "" : "; " + why);
        return new CriteriaException(text, atEnd() ? endOfLastToken : position, token.text(), message);
    }

    /** An error at a place that was passed already. */
    CriteriaException refused(int place, String message) {
        return new CriteriaException(text, place, Token.at(text, place).text(), message);
    }

    private void move(int length) {
        position += length;
        endOfLastToken = position;
    }
}
