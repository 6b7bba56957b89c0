package io.tidewatch.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reads our topics reads our schemas first: every type and field says what it means. */
final class SchemaDocumentationTest {
    @ParameterizedTest
    @MethodSource("types")
    void saysWhatATypeStandsFor(Schema type) {
        assertThat(type.getDoc()).as(type.getFullName()).isNotBlank().endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("types")
    void saysWhatEachFieldMeans(Schema type) {
        if (type.getType() == Schema.Type.RECORD) {
            type.getFields()
                    .forEach(field -> assertThat(field.doc())
                            .as(type.getFullName() + "." + field.name())
                            .isNotBlank()
                            .endsWith("."));
        }
    }

    private static Stream<Schema> types() {
        return CurrentSchemas.all().stream()
                .flatMap(schema -> CurrentSchemas.named(schema).values().stream())
                .distinct();
    }
}
