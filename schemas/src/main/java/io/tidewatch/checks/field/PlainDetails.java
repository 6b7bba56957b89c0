package io.tidewatch.checks.field;

import java.util.List;
import java.util.Map;

/**
 * The details of agents' checks, which Tidewatch stores for the agents and does not read: any plain value is accepted.
 * Declared fields are shown to people. A list is accepted only in a field that is declared as one.
 */
public final class PlainDetails {
    private static final int MAX_PAIRS = 256;
    private static final Form<String> KEY = Form.text(255);
    private static final Form<String> TEXT = Form.text(8096);
    private static final Form<Map<String, String>> TEXTS = Form.map(MAX_PAIRS, KEY, TEXT);

    private PlainDetails() {}

    /**
     * Refuses details that are not plain.
     *
     * @throws InvalidDetailsException naming what is not
     */
    public static void require(List<Field<?>> fields, Map<String, Object> given) {
        given.forEach((name, value) -> {
            KEY.read(name, name);
            if (value instanceof List<?>) {
                requireDeclared(fields, name, value);
            } else {
                requirePlain(name, value);
            }
        });
    }

    private static void requireDeclared(List<Field<?>> fields, String name, Object list) {
        Form<?> form = fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .<Form<?>>map(Field::form)
                .filter(declared -> declared.kind() == FieldKind.LIST)
                .orElseThrow(() -> notPlain(name));
        form.read(name, list);
    }

    private static void requirePlain(String name, Object value) {
        if (value instanceof Map<?, ?>) {
            TEXTS.read(name, value);
        } else if (value instanceof String text) {
            if (!text.isEmpty()) {
                TEXT.read(name, text);
            }
        } else if (!(value instanceof Boolean || value instanceof Long || value instanceof Double)) {
            throw notPlain(name);
        }
    }

    private static InvalidDetailsException notPlain(String name) {
        return new InvalidDetailsException(
                name, "has to be true, false, a number, " + TEXT.accepted() + ", or an object of such texts");
    }
}
