package io.tidewatch.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes generated records in Confluent's wire format. One thread at a time. */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    static final byte MAGIC = 0;

    static {
        GeneratedRecords.trust();
    }

    private final SchemaRegistry registry;
    private final Map<String, Integer> idsByTopic = new HashMap<>();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final Map<Schema, DatumWriter<T>> writers = new HashMap<>();
    private @Nullable BinaryEncoder encoder;

    public AvroSerializer(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * @throws RegistryException when the schema can't be registered, at a topic's first record only
     * @throws SerializationException when the record lacks what its schema requires
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        Schema schema = record.getSchema();
        int id = idsByTopic.computeIfAbsent(topic, name -> registry.register(name + "-value", schema));
        buffer.reset();
        buffer.write(MAGIC);
        buffer.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
        try {
            writers.computeIfAbsent(schema, written -> new SpecificDatumWriter<>(written))
                    .write(record, encoder);
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
            throw new SerializationException(
                    "A record for " + topic + " does not fit its schema: " + e.getMessage(), e);
        }
        return buffer.toByteArray();
    }
}
