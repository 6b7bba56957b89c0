package io.tidewatch.checks.field;

import java.util.Map;

/** The details of a check or of a notification, as its owner gave them. Values that no field reads are ignored. Immutable. */
public final class Details {
    private final Map<String, Object> values;

    public Details(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * @throws InvalidDetailsException when the field is required and missing, or does not fit
     */
    public <T> T get(Field<T> field) {
        return field.read(values);
    }
}
