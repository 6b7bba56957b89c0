package io.tidewatch.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;

/** A section for each named schema that was added or is used by one that was: its meaning, its fields or its symbols. */
final class SchemaTables {
    private final SortedMap<String, Schema> schemasByName = new TreeMap<>();

    /** Adds a schema and every named schema inside it. */
    void add(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schemasByName.putIfAbsent(schema.getName(), schema) == null) {
                    schema.getFields().forEach(field -> add(field.schema()));
                }
            }
            case ENUM -> schemasByName.putIfAbsent(schema.getName(), schema);
            case ARRAY -> add(schema.getElementType());
            case MAP -> add(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::add);
            default -> {
                // A primitive type needs no section.
            }
        }
    }

    /** A link to the section of a named schema. */
    static String link(Schema schema) {
        return "[" + schema.getName() + "](#" + schema.getName().toLowerCase(Locale.ROOT) + ")";
    }

    String markdown() {
        StringBuilder sections = new StringBuilder();
        for (Schema schema : schemasByName.values()) {
            sections.append("\n### ").append(schema.getName()).append("\n\n");
            sections.append(Markdown.prose(schema.getDoc())).append("\n\n");
            sections.append(schema.getType() == Type.ENUM ? symbols(schema) : fields(schema));
        }
        return sections.toString();
    }

    private static String symbols(Schema schema) {
        return "One of " + Markdown.codes(schema.getEnumSymbols()) + ".\n";
    }

    private static String fields(Schema schema) {
        List<List<String>> rows = new ArrayList<>();
        for (Field field : schema.getFields()) {
            rows.add(List.of(
                    Markdown.code(field.name()),
                    type(field.schema()),
                    Markdown.code(defaultOf(field)),
                    Markdown.prose(field.doc())));
        }
        return Markdown.table(List.of("field", "type", "default", "meaning"), rows);
    }

    private static String defaultOf(Field field) {
        if (!field.hasDefaultValue()) {
            return "";
        }
        return field.defaultVal() == JsonProperties.NULL_VALUE ? "null" : String.valueOf(field.defaultVal());
    }

    private static String type(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null) {
            return schema.getType().getName() + " (" + logical.getName() + ")";
        }
        return switch (schema.getType()) {
            case RECORD, ENUM -> link(schema);
            case ARRAY -> "array of " + type(schema.getElementType());
            case MAP -> "map of " + type(schema.getValueType());
            case UNION -> union(schema.getTypes());
            default -> schema.getType().getName();
        };
    }

    private static String union(List<Schema> types) {
        List<String> names = types.stream().map(SchemaTables::type).toList();
        int last = names.size() - 1;
        return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
