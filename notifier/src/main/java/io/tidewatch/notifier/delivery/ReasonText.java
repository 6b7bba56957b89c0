package io.tidewatch.notifier.delivery;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What a receiver says, made fit to be kept and shown: without secrets and control characters, and short. */
public final class ReasonText {
    private static final int MOST_CHARS = 200;
    private static final String HIDDEN = "…";

    /** Whatever is shorter keeps nobody out, and would be found in ordinary words. */
    private static final int FEWEST_SECRET_CHARS = 4;

    private ReasonText() {}

    /** The text without the secrets. Hide before cutting: half a secret is not found. */
    public static String hide(String said, Collection<String> secrets) {
        // The longest first: a short one may be a part of it.
        List<String> found = secrets.stream()
                .filter(secret -> secret.length() >= FEWEST_SECRET_CHARS && said.contains(secret))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        String hidden = said;
        for (String secret : found) {
            hidden = hidden.replace(secret, HIDDEN);
        }
        return hidden;
    }

    /** One short line. */
    public static String tidy(String said) {
        return said.codePoints()
                .limit(MOST_CHARS)
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
