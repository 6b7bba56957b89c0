package io.tidewatch.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The fields of one JSON object, read one by one. Whatever does not fit is thrown as a {@link Fault} that names the
 * field by its path from the body's root. A field that is null counts as absent, and may have any name. Numbers and booleans may be
 * given as text, as many clients do.
 */
public final class JsonFields {
    private final ObjectNode object;
    private final String prefix;

    /**
     * @param prefix goes in front of field names in faults: empty at the root, else such as {@code details.}
     * @param known the fields there may be
     * @throws Fault naming a field that is not known
     */
    public JsonFields(ObjectNode object, String prefix, Set<String> known) {
        this.object = object;
        this.prefix = prefix;
        for (String name : names()) {
            if (!known.contains(name) && has(name)) {
                throw bad(name, "is not a field here; the fields are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    public Fault bad(String name, String reason) {
        return Fault.badField(prefix + name, reason);
    }

    public Fault missing(String name, String reason) {
        return Fault.missing(prefix + name, reason);
    }

    public boolean has(String name) {
        return value(name).isPresent();
    }

    public Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    /** A string of {@code minChars} to {@code maxChars} characters, if there. */
    public Optional<String> text(String name, int minChars, int maxChars) {
        return value(name).map(node -> text(name, node, minChars, maxChars));
    }

    public String requiredText(String name, int minChars, int maxChars) {
        return text(name, minChars, maxChars).orElseThrow(() -> bad(name, "is required"));
    }

    public Optional<Boolean> flag(String name) {
        return value(name).map(node -> {
            String text = node.isBoolean() || node.isTextual() ? node.asText() : "";
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw bad(name, "has to be true or false");
            };
        });
    }

    public OptionalLong integer(String name, long min, long max) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong integer = integer(value.get());
        if (integer.isEmpty() || integer.getAsLong() < min || integer.getAsLong() > max) {
            throw bad(name, "has to be an integer from " + min + " to " + max);
        }
        return integer;
    }

    public long requiredInteger(String name, long min, long max) {
        return integer(name, min, max).orElseThrow(() -> bad(name, "is required"));
    }

    /** A time in milliseconds since 1970, if there. */
    public Optional<Instant> time(String name) {
        OptionalLong ms = integer(name, 0, QueryParameters.LAST_MS);
        return ms.isPresent() ? Optional.of(Instant.ofEpochMilli(ms.getAsLong())) : Optional.empty();
    }

    /** One of the enum's constants, by its exact name, if there. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> choices) {
        return value(name)
                .map(node -> Stream.of(choices.getEnumConstants())
                        .filter(choice -> node.isTextual() && choice.name().equals(node.textValue()))
                        .findFirst()
                        .orElseThrow(() -> bad(
                                name,
                                "has to be one of "
                                        + String.join(
                                                ", ",
                                                Stream.of(choices.getEnumConstants())
                                                        .map(Enum::name)
                                                        .toList()))));
    }

    /** A list of different strings, each at least one character long; empty when not there. */
    public List<String> textList(String name, int maxItems, int maxChars) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        JsonNode list = value.get();
        if (!list.isArray() || list.size() > maxItems) {
            throw bad(name, "has to be a list of at most " + maxItems + " strings");
        }
        List<String> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            String path = name + "[" + i + "]";
            String item = text(path, list.get(i), 1, maxChars);
            if (!seen.add(item)) {
                throw bad(path, "repeats " + item);
            }
            items.add(item);
        }
        return items;
    }

    /**
     * A list of objects; empty when not there.
     *
     * @param fieldNames the fields that each may have
     */
    public List<JsonFields> objects(String name, int maxItems, Set<String> fieldNames) {
        Optional<JsonNode> value = value(name);
        if (value.isEmpty()) {
            return List.of();
        }
        JsonNode list = value.get();
        if (!list.isArray() || list.size() > maxItems) {
            throw bad(name, "has to be a list of at most " + maxItems + " objects");
        }
        List<JsonFields> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String path = name + "[" + i + "]";
            if (!(list.get(i) instanceof ObjectNode item)) {
                throw bad(path, "has to be an object");
            }
            items.add(new JsonFields(item, prefix + path + ".", fieldNames));
        }
        return items;
    }

    /** An object of strings, each key and value at least one character long; empty when not there. */
    public Map<String, String> texts(String name, int maxPairs, int maxKeyChars, int maxValueChars) {
        Map<String, String> texts = new LinkedHashMap<>();
        pairs(name, maxPairs, maxKeyChars)
                .forEach((key, node) -> texts.put(key, text(name + "." + key, node, 1, maxValueChars)));
        return texts;
    }

    /** The members of an object, keys at least one character long; empty when it is not there. */
    public Map<String, JsonNode> pairs(String name, int maxPairs, int maxKeyChars) {
        Map<String, JsonNode> pairs = new LinkedHashMap<>();
        object(name, maxPairs)
                .ifPresent(members -> members.properties().forEach(member -> {
                    String key = member.getKey();
                    if (key.isEmpty() || length(key) > maxKeyChars) {
                        throw bad(name + "." + key, "has a key that is not 1 to " + maxKeyChars + " characters long");
                    }
                    pairs.put(key, member.getValue());
                }));
        return pairs;
    }

    public Optional<ObjectNode> object(String name, int maxPairs) {
        return value(name).map(node -> {
            if (node instanceof ObjectNode members && members.size() <= maxPairs) {
                return members;
            }
            throw bad(name, "has to be an object of at most " + maxPairs + " pairs");
        });
    }

    private static OptionalLong integer(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return OptionalLong.of(node.longValue());
        }
        try {
            return node.isTextual() ? OptionalLong.of(Long.parseLong(node.textValue())) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private String text(String name, JsonNode node, int minChars, int maxChars) {
        if (!node.isTextual() || length(node.textValue()) < minChars || length(node.textValue()) > maxChars) {
            throw bad(name, "has to be a string of " + minChars + " to " + maxChars + " characters");
        }
        return node.textValue();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
