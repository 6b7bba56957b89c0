package io.tidewatch.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * Finds halves of surrogate pairs in texts. Such a half is no character, and has no UTF-8: it would be stored as a question mark,
 * and two names that differ in it would be one.
 */
final class Surrogates {
    private static final String REPLACEMENT = "\uFFFD";

    private Surrogates() {}

    /**
     * @throws Fault naming the first text, or name of a member, that has a half
     */
    static void requireNone(JsonNode node) {
        path(node).ifPresent(path -> {
            throw Fault.badField(
                    path.isEmpty() ? "body" : path,
                    "has half of a surrogate pair, which is no character: send both halves");
        });
    }

    /** Where the first one is, as the path of a field; empty where there is none. */
    private static Optional<String> path(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return inObject(object);
        } else if (node instanceof ArrayNode array) {
            return inArray(array);
        }
        return node.isTextual() && isIn(node.textValue()) ? Optional.of("") : Optional.empty();
    }

    private static Optional<String> inObject(ObjectNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Optional<String> below = isIn(member.getKey()) ? Optional.of("") : path(member.getValue());
            if (below.isPresent()) {
                return Optional.of(join(printable(member.getKey()), below.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inArray(ArrayNode array) {
        for (int index = 0; index < array.size(); index++) {
            Optional<String> below = path(array.get(index));
            if (below.isPresent()) {
                return Optional.of(join("[" + index + "]", below.get()));
            }
        }
        return Optional.empty();
    }

    private static String join(String name, String below) {
        return below.isEmpty() || below.startsWith("[") ? name + below : name + "." + below;
    }

    private static boolean isIn(String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || index + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(index + 1))) {
                    return true;
                }
                index++;
            }
        }
        return false;
    }

    /** The text with each half replaced, so that it can be sent. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE) {
                printable.append(REPLACEMENT);
            } else {
                printable.appendCodePoint(point);
            }
        });
        return printable.toString();
    }
}
