package io.tidewatch.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidewatch.schema.CheckResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of schemas that somebody registered who means no good. */
final class HostileSchemasTest {
    private static final Schema NULL = Schema.create(Schema.Type.NULL);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroDeserializer<CheckResult> deserializer = new AvroDeserializer<>(registry, CheckResult.SCHEMA$);

    /** It once ended the thread with an error of the stack, at each start again. */
    @Test
    void areRefusedWhereTheyNestARecordAsDeeplyAsItHasBytes() {
        Schema node = Schema.createRecord("Node", "", "x", false);
        node.setFields(List.of(new Schema.Field("next", Schema.createUnion(NULL, node))));
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> deserializer.deserialize("t", record(node, deep)))
                .withMessageContaining("does not lead to a CheckResult");
    }

    @Test
    void areRefusedWhereABlockOfAFewBytesIsMillionsOfItems() {
        byte[] blocks = new byte[1_000_000];
        for (int i = 0; i + 4 <= blocks.length; i += 4) {
            // 8 388 607 items.
            blocks[i] = (byte) 0xfe;
            blocks[i + 1] = (byte) 0xff;
            blocks[i + 2] = (byte) 0xff;
            blocks[i + 3] = 0x07;
        }

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> deserializer.deserialize("t", record(Schema.createArray(NULL), blocks)))
                .withMessageContaining("array whose items take no bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'array', 'items': 'null'}",
                "{'type': 'array', 'items': {'type': 'record', 'name': 'E', 'fields': []}}",
                "{'type': 'array', 'items': {'type': 'fixed', 'name': 'F', 'size': 0}}",
                "{'type': 'map', 'values': ['null', {'type': 'array', 'items': 'null'}]}",
                "{'type': 'record', 'name': 'R', 'fields': [{'name': 'r', 'type': ['null', 'R']},"
                        + " {'name': 'a', 'type': {'type': 'array', 'items': 'null'}}]}",
                "{'type': 'array', 'items': {'type': 'record', 'name': 'S', 'fields': [{'name': 's', 'type': 'S'}]}}"
            })
    void haveArraysWithoutEnd(String schema) {
        assertThat(EndlessArrays.areIn(new Schema.Parser().parse(schema.replace('\'', '"'))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'null'",
                "{'type': 'map', 'values': 'null'}",
                "{'type': 'array', 'items': ['null', 'string']}",
                "{'type': 'array', 'items': 'boolean'}",
                "{'type': 'record', 'name': 'R', 'fields': [{'name': 'r', 'type': ['null', 'R']}]}"
            })
    void haveNone(String schema) {
        assertThat(EndlessArrays.areIn(new Schema.Parser().parse(schema.replace('\'', '"'))))
                .isFalse();
    }

    @Test
    void areNotOurs() {
        assertThat(EndlessArrays.areIn(CheckResult.SCHEMA$)).isFalse();
    }

    /** A record of CheckResult's schema with one field more in front. */
    private byte[] record(Schema extra, byte[] body) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("extra", extra, "", (Object) null));
        CheckResult.SCHEMA$.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        int id = registry.register("any", Schema.createRecord("CheckResult", "", "io.tidewatch.schema", false, fields));
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }
}
