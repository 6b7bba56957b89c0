package io.tidewatch.notifier.payload;

/**
 * Cuts texts to what a receiver takes. Lengths are counted in UTF-16 units, which are never fewer than the code points that
 * some receivers count; a cut never divides a code point.
 */
public final class ShortText {
    private static final String ELLIPSIS = "…";

    private ShortText() {}

    /** The text, or its beginning and an ellipsis. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    /** The same in one line: nothing in it begins a new line, or is a control character of another kind. */
    public static String line(String text, int most) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(character -> isLine(character) ? character : ' ').forEach(line::appendCodePoint);
        return cut(line.toString().strip(), most);
    }

    private static boolean isLine(int character) {
        int type = Character.getType(character);
        return type != Character.CONTROL
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
