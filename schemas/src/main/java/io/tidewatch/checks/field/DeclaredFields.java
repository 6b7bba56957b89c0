package io.tidewatch.checks.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Details that may have declared fields and no others: those of the checks that Tidewatch runs itself, and those of notifications.
 */
public final class DeclaredFields {
    private DeclaredFields() {}

    /**
     * The details as they are to be stored, in the order in which they were given.
     *
     * @throws InvalidDetailsException naming what is missing, unknown or unfit
     */
    public static Map<String, Object> stored(List<Field<?>> fields, Map<String, Object> given) {
        return stored(fields, given, Set.of());
    }

    /**
     * As {@link #stored(List, Map)}, without a look at the values of some fields: what is given there stands for a value that fits.
     *
     * @param untouched the names of those fields
     */
    public static Map<String, Object> stored(List<Field<?>> fields, Map<String, Object> given, Set<String> untouched) {
        Map<String, Object> stored = new LinkedHashMap<>(given);
        refuseUnknown(fields, given.keySet());
        for (Field<?> field : fields) {
            if (!untouched.contains(field.name())) {
                field.stored(given).ifPresent(value -> stored.put(field.name(), value));
            }
        }
        return stored;
    }

    private static void refuseUnknown(List<Field<?>> fields, Set<String> given) {
        Set<String> known = fields.stream().map(Field::name).collect(Collectors.toCollection(TreeSet::new));
        for (String name : given) {
            if (!known.contains(name)) {
                throw new InvalidDetailsException(
                        name,
                        known.isEmpty()
                                ? "is not a field here; there are none"
                                : "is not a field here; the fields are " + String.join(", ", known));
            }
        }
    }
}
