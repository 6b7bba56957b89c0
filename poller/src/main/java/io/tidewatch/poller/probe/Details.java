package io.tidewatch.poller.probe;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of a check's type, as its owner gave them, read with the type that each has to have. Every method throws
 * {@link InvalidCheckException}, with the setting's name, when a value is missing or unfit.
 */
public final class Details {
    private final Map<String, Object> values;

    public Details(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    public String text(String name, int maxLength) {
        return optionalText(name, maxLength)
                .orElseThrow(() -> new InvalidCheckException("details." + name + " is missing"));
    }

    /** Empty when the setting is absent or an empty text. */
    public Optional<String> optionalText(String name, int maxLength) {
        String text = value(name, String.class, "a text").orElse("");
        if (text.length() > maxLength) {
            throw new InvalidCheckException(
                    "details." + name + " has " + text.length() + " characters, but may have " + maxLength);
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    public boolean flag(String name, boolean otherwise) {
        return value(name, Boolean.class, "true or false").orElse(otherwise);
    }

    public int integer(String name, int min, int max, int otherwise) {
        return value(name, Long.class, "a whole number")
                .map(number -> inRange(name, number, min, max))
                .orElse(otherwise);
    }

    /** A TCP port, which has to be given. */
    public int port(String name) {
        int port = integer(name, 1, 65_535, 0);
        if (port == 0) {
            throw new InvalidCheckException("details." + name + " is missing");
        }
        return port;
    }

    /** A pattern to search for; empty when the setting is absent. */
    public Optional<SearchPattern> pattern(String name) {
        return optionalText(name, SearchPattern.MAX_LENGTH).map(text -> SearchPattern.compile("details." + name, text));
    }

    /** A map of texts; empty when the setting is absent. */
    @SuppressWarnings("unchecked") // the schema allows no other map here
    public Map<String, String> texts(String name, int maxSize) {
        Map<String, String> texts =
                (Map<String, String>) value(name, Map.class, "a map of texts").orElse(Map.of());
        if (texts.size() > maxSize) {
            throw new InvalidCheckException(
                    "details." + name + " has " + texts.size() + " entries, but may have " + maxSize);
        }
        return Map.copyOf(texts);
    }

    private <T> Optional<T> value(String name, Class<T> type, String form) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new InvalidCheckException("details." + name + " has to be " + form);
        }
        return Optional.of(type.cast(value));
    }

    private static int inRange(String name, long number, int min, int max) {
        if (number < min || number > max) {
            throw new InvalidCheckException(
                    "details." + name + " is " + number + ", but has to be from " + min + " to " + max);
        }
        return (int) number;
    }
}
