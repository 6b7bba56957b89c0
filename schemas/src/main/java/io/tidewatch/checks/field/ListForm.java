package io.tidewatch.checks.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of texts. */
record ListForm(int maxItems, Form<String> items) implements Form<List<String>> {
    @Override
    public FieldKind kind() {
        return FieldKind.LIST;
    }

    @Override
    public String accepted() {
        return "a list of at most " + maxItems + " items, each " + items.accepted();
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("max_items", maxItems);
    }

    @Override
    public List<String> read(String field, Object given) {
        if (!(given instanceof List<?> list)) {
            throw new InvalidDetailsException(field, "has to be " + accepted());
        }
        if (list.size() > maxItems) {
            throw new InvalidDetailsException(field, "has " + list.size() + " items, but may have " + maxItems);
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            read.add(items.read(field + "[" + i + "]", list.get(i)));
        }
        return List.copyOf(read);
    }
}
