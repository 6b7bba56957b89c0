package io.tidewatch.checks.field;

import java.util.List;
import java.util.Map;

/** One of some texts. */
record ChoiceForm(List<String> choices) implements Form<String> {
    @Override
    public FieldKind kind() {
        return FieldKind.TEXT;
    }

    @Override
    public String accepted() {
        return "one of " + String.join(", ", choices);
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("choices", choices);
    }

    @Override
    public String read(String field, Object given) {
        if (given instanceof String text && choices.contains(text)) {
            return text;
        }
        throw new InvalidDetailsException(field, "has to be " + accepted());
    }
}
