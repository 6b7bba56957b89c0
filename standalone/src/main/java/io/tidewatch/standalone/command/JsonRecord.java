package io.tidewatch.standalone.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.serde.RegistryException;
import io.tidewatch.serde.SchemaRegistry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of any topic as lines of JSON, for people. The value is decoded with the schema that it was written with;
 * one that can't be decoded is shown as Base64, with the reason.
 */
final class JsonRecord {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private final JsonFactory json = new JsonFactory();
    private final SchemaRegistry registry;

    JsonRecord(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** One line. */
    String line(ConsumerRecord<byte[], byte[]> record) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeNumberField("partition", record.partition());
            out.writeNumberField("offset", record.offset());
            out.writeStringField(
                    "written_at", Instant.ofEpochMilli(record.timestamp()).toString());
            out.writeFieldName("key");
            writeText(out, record.key());
            writeHeaders(out, record);
            writeValue(out, record.value());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void writeHeaders(JsonGenerator out, ConsumerRecord<byte[], byte[]> record) throws IOException {
        Header[] headers = record.headers().toArray();
        if (headers.length > 0) {
            out.writeObjectFieldStart("headers");
            for (Header header : headers) {
                out.writeFieldName(header.key());
                writeText(out, header.value());
            }
            out.writeEndObject();
        }
    }

    private void writeValue(JsonGenerator out, byte @Nullable [] value) throws IOException {
        if (value == null) {
            out.writeNullField("value");
            return;
        }
        Object decoded;
        try {
            decoded = decode(value);
        } catch (IOException | AvroRuntimeException | RegistryException | IndexOutOfBoundsException undecodable) {
            out.writeStringField("undecodable", String.valueOf(undecodable.getMessage()));
            out.writeBinaryField("value_base64", value);
            return;
        }
        out.writeFieldName("value");
        write(out, ((IndexedRecord) decoded).getSchema(), decoded);
    }

    private Object decode(byte[] value) throws IOException {
        if (value.length < HEADER_BYTES || value[0] != 0) {
            throw new IOException("not in the registry's wire format");
        }
        Schema schema = registry.schema(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
        return new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null));
    }

    private static void write(JsonGenerator out, Schema schema, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        switch (schema.getType()) {
            case RECORD -> writeRecord(out, (IndexedRecord) value);
            case UNION -> write(out, schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
            case ARRAY -> {
                out.writeStartArray();
                for (Object element : (Collection<?>) value) {
                    write(out, schema.getElementType(), element);
                }
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.writeFieldName(entry.getKey().toString());
                    write(out, schema.getValueType(), entry.getValue());
                }
                out.writeEndObject();
            }
            case LONG -> writeLong(out, schema, (Long) value);
            case INT, FLOAT, DOUBLE, BOOLEAN -> out.writeObject(value);
            case BYTES -> out.writeBinary(((ByteBuffer) value).array());
            default -> out.writeString(String.valueOf(value));
        }
    }

    private static void writeRecord(JsonGenerator out, IndexedRecord record) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            out.writeFieldName(field.name());
            write(out, field.schema(), record.get(field.pos()));
        }
        out.writeEndObject();
    }

    private static void writeLong(JsonGenerator out, Schema schema, long value) throws IOException {
        if (LogicalTypes.timestampMillis().equals(schema.getLogicalType())) {
            out.writeString(Instant.ofEpochMilli(value).toString());
        } else {
            out.writeNumber(value);
        }
    }

    private static void writeText(JsonGenerator out, byte @Nullable [] utf8) throws IOException {
        if (utf8 == null) {
            out.writeNull();
        } else {
            out.writeString(new String(utf8, StandardCharsets.UTF_8));
        }
    }
}
