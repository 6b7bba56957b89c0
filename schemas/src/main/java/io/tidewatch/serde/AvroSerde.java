package io.tidewatch.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Reads and writes one generated record class in Confluent's wire format: a zero byte, the schema's id in four bytes, the
 * Avro body. The schema is registered under the subject {@code <topic>-value} at the first record of each topic.
 *
 * <p>Serializer and deserializer are each for one thread at a time, as Kafka uses them.
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final SchemaRegistry registry;
    private final Class<T> type;

    public AvroSerde(SchemaRegistry registry, Class<T> type) {
        this.registry = registry;
        this.type = type;
    }

    @Override
    public Serializer<T> serializer() {
        return new AvroSerializer<>(registry);
    }

    @Override
    public Deserializer<T> deserializer() {
        return new AvroDeserializer<>(registry, schemaOf(type));
    }

    private static Schema schemaOf(Class<?> type) {
        return SpecificData.get().getSchema(type);
    }
}
