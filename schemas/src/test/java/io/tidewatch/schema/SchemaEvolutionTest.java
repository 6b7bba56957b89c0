package io.tidewatch.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the schemas to BACKWARD_TRANSITIVE: whoever reads with the current one can read what was ever written.
 * {@code src/main/released/TYPE/vN.avsc} keeps every version that was ever in use; they are never changed.
 */
final class SchemaEvolutionTest {
    private static final Path RELEASED = Path.of("src", "main", "released");
    private static final Path CANDIDATES = Path.of("target", "released");

    @ParameterizedTest
    @MethodSource("current")
    void isReleasedAsItIs(Schema current) throws IOException {
        List<Schema> released = released(current);

        if (released.isEmpty() || !newest(released).toString().equals(current.toString())) {
            String version = current.getName() + "/v" + (released.size() + 1) + ".avsc";
            Path candidate = CANDIDATES.resolve(version);
            Files.createDirectories(candidate.getParent());
            Files.writeString(candidate, SchemaFormatter.format("json/pretty", current) + "\n");
            fail(
                    "%s is not what was released last, as v%d. If that version is in use nowhere, replace it; else add one: cp schemas/%s schemas/%s",
                    current.getName(), released.size(), candidate, RELEASED.resolve(version));
        }
    }

    @ParameterizedTest
    @MethodSource("current")
    void readsEveryReleasedVersion(Schema current) throws IOException {
        int version = 0;
        for (Schema written : released(current)) {
            version++;
            SchemaPairCompatibility found = SchemaCompatibility.checkReaderWriterCompatibility(current, written);
            assertThat(found.getType())
                    .as(
                            "%s can't read what was written as v%d, for %s. Give a new field a default, leave the type of an old one,"
                                    + " and keep the symbols of enums.",
                            current.getName(), version, found.getResult().getIncompatibilities())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @Test
    void knowsEveryReleasedType() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .as("A type that was released has readers: it stays")
                    .containsExactlyInAnyOrderElementsOf(
                            current().map(Schema::getName).toList());
        }
    }

    private static Stream<Schema> current() {
        return CurrentSchemas.topLevel().stream();
    }

    private static Schema newest(List<Schema> released) {
        return released.get(released.size() - 1);
    }

    /** From v1 up to the first version that is not there. */
    private static List<Schema> released(Schema current) throws IOException {
        List<Schema> released = new ArrayList<>();
        Path folder = RELEASED.resolve(current.getName());
        for (Path file = version(folder, 1); Files.exists(file); file = version(folder, released.size() + 1)) {
            released.add(new Schema.Parser().parse(file.toFile()));
        }
        return released;
    }

    private static Path version(Path folder, int version) {
        return folder.resolve("v" + version + ".avsc");
    }
}
