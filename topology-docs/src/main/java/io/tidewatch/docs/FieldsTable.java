package io.tidewatch.docs;

import io.tidewatch.checks.field.Field;
import java.util.List;

/** The table of what the details of a type may say. */
final class FieldsTable {
    private FieldsTable() {}

    static String markdown(List<Field<?>> fields) {
        if (fields.isEmpty()) {
            return "None.\n";
        }
        return Markdown.table(
                List.of("field", "kind", "default", "accepted", "meaning"),
                fields.stream().map(FieldsTable::row).toList());
    }

    private static List<String> row(Field<?> field) {
        String otherwise = field.isRequired()
                ? "none: required"
                : field.otherwise()
                        .map(value -> Markdown.code(value.toString()))
                        .orElse("");
        return List.of(
                Markdown.code(field.name()),
                field.form().kind().word(),
                otherwise,
                Markdown.prose(field.form().accepted()),
                Markdown.prose(field.description()) + (field.isSecret() ? " Secret." : ""));
    }
}
