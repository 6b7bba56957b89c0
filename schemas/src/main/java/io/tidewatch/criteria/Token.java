package io.tidewatch.criteria;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The token at which a criteria is refused, in words for the error.
 *
 * @param text the characters themselves, or {@code end of text}
 * @param shown how a sentence calls them
 */
record Token(String text, String shown) {
    private static final Token END = new Token("end of text", "the end of the text");
    private static final List<String> SIGNS = List.of("&&", "||", "==", "!=", "<=", ">=", "/*", "*/", "//");
    private static final Pattern LEADING_DOT = Pattern.compile("\\.[0-9]+");
    private static final int MAX_LENGTH = 40;

    static Token at(String text, int position) {
        if (position >= text.length()) {
            return END;
        }
        char first = text.charAt(position);
        if (first == '"' || first == '\'') {
            return string(text, position);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, position)) {
                return quoted(sign);
            }
        }
        int end = wordEnd(text, first == ':' ? position + 1 : position);
        return end > position ? quoted(text.substring(position, end)) : character(text, position);
    }

    /** A hint for the author if the token is a common mistake; empty otherwise. */
    String hint() {
        return switch (text) {
            case "//" -> "a comment begins with '#' or stands between '/*' and '*/'";
            case "/*" -> "this comment is never closed with '*/'";
            case "\r" -> "lines have to end with a newline alone, without a carriage return";
            case "\u2018", "\u2019", "\u201c", "\u201d" -> "the quotes of the language are the straight ' and \"";
            case "else" -> "there is no 'else': what follows the last 'if' is a 'return'";
            case "=" -> "equality is written '=='";
            case "&", "|" -> "it is written twice: && and ||";
            default -> LEADING_DOT.matcher(text).matches() ? "a number begins with a digit: 0" + text : "";
        };
    }

    private static Token string(String text, int position) {
        int close = text.indexOf(text.charAt(position), position + 1);
        if (close < 0 || close - position >= MAX_LENGTH) {
            return character(text, position);
        }
        String literal = text.substring(position, close + 1);
        return new Token(literal, "the string " + literal);
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < MAX_LENGTH && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char c) {
        return CharacterClass.FUNCTION_NAME.contains(c) || CharacterClass.DIGIT.contains(c) || c == '.';
    }

    private static Token character(String text, int position) {
        int codePoint = text.codePointAt(position);
        String character = Character.toString(codePoint);
        return switch (codePoint) {
            case ' ' -> new Token(character, "a space");
            case '\n' -> new Token(character, "the end of the line");
            case '\t' -> new Token(character, "a tab");
            case '\r' -> new Token(character, "a carriage return");
            case '\'' -> new Token(character, "a single quote");
            case '"' -> new Token(character, "a double quote");
            default ->
                isVisible(codePoint)
                        ? quoted(character)
                        : new Token(character, String.format("the character U+%04X", codePoint));
        };
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static Token quoted(String text) {
        return new Token(text, "'" + text + "'");
    }
}
