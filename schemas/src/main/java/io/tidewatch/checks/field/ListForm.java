package io.tidewatch.checks.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A list of texts. */
record ListForm(int minItems, int maxItems, Form<String> items) implements Form<List<String>> {
    @Override
    public FieldKind kind() {
        return FieldKind.LIST;
    }

    @Override
    public String accepted() {
        String count = minItems == 0 ? "at most " + maxItems : minItems + " to " + maxItems;
        return "a list of " + count + " items, each " + items.accepted();
    }

    @Override
    public Map<String, Object> limits() {
        return minItems == 0 ? Map.of("max_items", maxItems) : Map.of("min_items", minItems, "max_items", maxItems);
    }

    @Override
    public List<String> read(String field, Object given) {
        if (!(given instanceof List<?> list)) {
            throw new InvalidDetailsException(field, "has to be " + accepted());
        }
        if (list.size() < minItems) {
            throw new InvalidDetailsException(field, "has " + list.size() + " items, but needs " + minItems);
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
