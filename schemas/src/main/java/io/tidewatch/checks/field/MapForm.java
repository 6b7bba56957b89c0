package io.tidewatch.checks.field;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map from texts to values that are texts in what is given. */
record MapForm<V>(int maxPairs, Form<String> keys, Form<V> values) implements Form<Map<String, V>> {
    @Override
    public FieldKind kind() {
        return FieldKind.MAP;
    }

    @Override
    public String accepted() {
        return "an object of at most " + maxPairs + " pairs, each key " + keys.accepted() + ", each value "
                + values.accepted();
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("max_pairs", maxPairs);
    }

    @Override
    public Map<String, V> read(String field, Object given) {
        if (!(given instanceof Map<?, ?> pairs)) {
            throw new InvalidDetailsException(field, "has to be " + accepted());
        }
        if (pairs.size() > maxPairs) {
            throw new InvalidDetailsException(field, "has " + pairs.size() + " pairs, but may have " + maxPairs);
        }
        Map<String, V> read = new LinkedHashMap<>();
        pairs.forEach((key, value) -> {
            String path = field + "." + key;
            read.put(key(path, key), values.read(path, value));
        });
        return read;
    }

    private String key(String path, Object key) {
        try {
            return keys.read(path, key);
        } catch (InvalidDetailsException e) {
            throw new InvalidDetailsException(path, "has a key that " + e.reason());
        }
    }
}
