package io.tidewatch.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads generated records in Confluent's wire format, whatever schema they were written with. One thread at a time. */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    static {
        GeneratedRecords.trust();
    }

    private final SchemaRegistry registry;
    private final Schema readerSchema;
    private final Map<Integer, DatumReader<T>> readersById = new HashMap<>();
    private @Nullable BinaryDecoder decoder;

    /**
     * @param readerSchema that of a generated class, which the records become
     */
    public AvroDeserializer(SchemaRegistry registry, Schema readerSchema) {
        this.registry = registry;
        this.readerSchema = readerSchema;
    }

    /**
     * @throws RegistryUnavailableException when the registry has to be asked for the schema and can't be
     * @throws SerializationException when the bytes are no record that this class can be read from
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length < HEADER_BYTES || bytes[0] != AvroSerializer.MAGIC) {
            throw new SerializationException("Not in the registry's wire format: " + bytes.length
                    + " bytes that do not begin with a zero byte and a schema id");
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        DatumReader<T> reader = readersById.computeIfAbsent(id, this::readerFor);
        decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
        T record = read(reader, id, decoder);
        requireEnd(id, decoder);
        return record;
    }

    private DatumReader<T> readerFor(int id) {
        Schema writerSchema = registry.schema(id);
        if (EndlessArrays.areIn(writerSchema)) {
            throw new SerializationException("Schema id " + id
                    + " has an array whose items take no bytes, so that a few bytes could be billions of them");
        }
        return new SpecificDatumReader<>(writerSchema, readerSchema);
    }

    private T read(DatumReader<T> reader, int id, BinaryDecoder decoder) {
        try {
            return reader.read(null, decoder);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Corrupt bytes make Avro throw almost anything. The bytes and the two schemas are its only inputs. Whoever
            // may
            // register a schema that contains itself can nest a record as deeply as it has bytes.
            throw new SerializationException(
                    "Schema id " + id + " does not lead to a " + readerSchema.getName() + ": " + e, e);
        }
    }

    private static void requireEnd(int id, BinaryDecoder decoder) {
        try {
            if (!decoder.isEnd()) {
                throw new SerializationException("Bytes are left over after a record of schema id " + id);
            }
        } catch (IOException e) {
            throw new SerializationException("Unreadable end of a record of schema id " + id, e);
        }
    }
}
