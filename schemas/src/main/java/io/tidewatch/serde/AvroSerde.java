package io.tidewatch.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes one generated record class in Confluent's wire format: a zero byte, the schema's id in four bytes, the
 * Avro body. The schema is registered under the subject {@code <topic>-value} at the first record of each topic. What is
 * written is bounded: see {@link BoundedSerializer}.
 *
 * <p>Thread-safe, with its serializer and deserializer: Kafka Streams shares those of a topology among all its threads,
 * and asks a store's serde for them anew at each record. Each thread gets a buffer and a decoder of its own.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final Serializer<T> serializer;
    private final Deserializer<T> deserializer;

    public AvroSerde(SchemaRegistry registry, Class<T> type) {
        Schema readerSchema = SpecificData.get().getSchema(type);
        ThreadLocal<Serializer<T>> writers = ThreadLocal.withInitial(() -> new AvroSerializer<>(registry));
        ThreadLocal<Deserializer<T>> readers =
                ThreadLocal.withInitial(() -> new AvroDeserializer<>(registry, readerSchema));
        serializer = new BoundedSerializer<>((topic, record) -> writers.get().serialize(topic, record));
        deserializer = (topic, bytes) -> readers.get().deserialize(topic, bytes);
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
