package io.tidewatch.checks.field;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A text with a limit to its length, counted in Unicode's code points. */
record TextForm(int maxChars, Function<String, Optional<String>> objection) implements Form<String> {
    @Override
    public FieldKind kind() {
        return FieldKind.TEXT;
    }

    @Override
    public String accepted() {
        return "a text of 1 to " + maxChars + " characters";
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("max_characters", maxChars);
    }

    @Override
    public String read(String field, Object given) {
        String text = within(maxChars, accepted(), field, given);
        objection.apply(text).ifPresent(reason -> {
            throw new InvalidDetailsException(field, reason);
        });
        return text;
    }

    static String within(int maxChars, String accepted, String field, Object given) {
        if (!(given instanceof String text) || text.isEmpty()) {
            throw new InvalidDetailsException(field, "has to be " + accepted);
        }
        int length = text.codePointCount(0, text.length());
        if (length > maxChars) {
            throw new InvalidDetailsException(field, "has " + length + " characters, but may have " + maxChars);
        }
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidDetailsException(field, "has half of a surrogate pair, which can't be stored");
        }
        return text;
    }
}
