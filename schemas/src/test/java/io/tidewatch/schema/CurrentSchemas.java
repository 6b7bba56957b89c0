package io.tidewatch.schema;

import io.tidewatch.topics.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The schemas of {@code src/main/avro} as they are compiled into the generated classes. */
final class CurrentSchemas {
    private static final Path SOURCES = Path.of("src", "main", "avro");

    private CurrentSchemas() {}

    /** Every type that a schema file declares. */
    static List<Schema> all() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .map(CurrentSchemas::compiled)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The types that are written on their own: those that no other type contains, and those that a topic has. */
    static List<Schema> topLevel() {
        List<Schema> all = all();
        Set<String> contained = all.stream()
                .flatMap(schema -> named(schema).values().stream().filter(part -> !part.equals(schema)))
                .map(Schema::getFullName)
                .collect(Collectors.toCollection(TreeSet::new));
        return all.stream()
                .filter(schema -> !contained.contains(schema.getFullName()) || isOnATopic(schema))
                .toList();
    }

    private static boolean isOnATopic(Schema schema) {
        return Stream.of(Topic.values())
                .anyMatch(topic -> topic.valueSchema().filter(schema::equals).isPresent());
    }

    /** The named types of which a schema is made, itself included, by full name. */
    static Map<String, Schema> named(Schema schema) {
        Map<String, Schema> found = new LinkedHashMap<>();
        collect(schema, found);
        return found;
    }

    private static void collect(Schema schema, Map<String, Schema> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (found.putIfAbsent(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), found));
                }
            }
            case ENUM, FIXED -> found.putIfAbsent(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), found);
            case MAP -> collect(schema.getValueType(), found);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
            default -> {}
        }
    }

    private static Schema compiled(Path file) {
        String packagePath = SOURCES.relativize(file).getParent() == null
                ? ""
                : SOURCES.relativize(file).getParent() + ".";
        String name = file.getFileName().toString().replace(".avsc", "");
        try {
            return SpecificData.get().getSchema(Class.forName("io.tidewatch.schema." + packagePath + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    file + " has to declare the type that it is named after, in its folder's namespace", e);
        }
    }
}
