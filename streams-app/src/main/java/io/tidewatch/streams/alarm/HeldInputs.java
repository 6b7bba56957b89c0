package io.tidewatch.streams.alarm;

import io.tidewatch.runtime.application.AvroStores;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.state.HeldInput;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The inputs that wait for their check, in a changelogged store: so that they are taken over with the task, and are in the
 * transaction in which their offsets are committed. Confined to the stream task's thread.
 */
final class HeldInputs {
    static final String STORE = "held-inputs";

    private final KeyValueStore<String, HeldInput> store;
    private final TopicNames topics;
    private final Serializer<SpecificRecord> serializer;
    private final Map<Topic, Deserializer<? extends SpecificRecord>> deserializers;

    HeldInputs(KeyValueStore<String, HeldInput> store, SchemaRegistry registry, TopicNames topics) {
        this.store = store;
        this.topics = topics;
        this.serializer = new AvroSerializer<>(registry);
        this.deserializers = Map.of(
                Topic.CHECK_RESULTS, new AvroSerde<>(registry, CheckResult.class).deserializer(),
                Topic.CHECKS, new AvroSerde<>(registry, Check.class).deserializer(),
                Topic.ALARMS, new AvroSerde<>(registry, Alarm.class).deserializer());
    }

    static StoreBuilder<KeyValueStore<String, HeldInput>> builder(SchemaRegistry registry) {
        return AvroStores.keyValue(STORE, registry, HeldInput.class);
    }

    /**
     * Keeps an input.
     *
     * @param number its place among those of its check
     * @return how large it is
     */
    int put(String checkKey, long number, Input input) {
        byte[] value = serializer.serialize(topics.of(input.topic()), input.value());
        HeldInput held = new HeldInput(
                input.topic().name(),
                input.key(),
                input.timestampMs(),
                input.offset(),
                value == null ? null : ByteBuffer.wrap(value));
        store.put(key(checkKey, number), held);
        return sizeBytes(held);
    }

    Input get(String checkKey, long number) {
        return input(Objects.requireNonNull(store.get(key(checkKey, number)), checkKey));
    }

    void delete(String checkKey, long number) {
        store.delete(key(checkKey, number));
    }

    /** An input as it is found in the store. */
    record Found(String checkKey, long number, Topic topic, String key, int sizeBytes) {}

    /** Gives all inputs, those of a check in their order. */
    void forEach(Consumer<Found> reader) {
        try (KeyValueIterator<String, HeldInput> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, HeldInput> row = rows.next();
                int numberAt = row.key.lastIndexOf('/');
                reader.accept(new Found(
                        row.key.substring(0, numberAt),
                        Long.parseLong(row.key.substring(numberAt + 1)),
                        Topic.valueOf(row.value.getTopic()),
                        row.value.getKey(),
                        sizeBytes(row.value)));
            }
        }
    }

    private Input input(HeldInput held) {
        Topic topic = Topic.valueOf(held.getTopic());
        ByteBuffer value = held.getValue();
        return new Input(
                topic,
                held.getKey(),
                value == null
                        ? null
                        : Objects.requireNonNull(deserializers.get(topic), topic.name())
                                .deserialize(topics.of(topic), bytes(value)),
                held.getTimestamp(),
                held.getOffset());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static int sizeBytes(HeldInput held) {
        ByteBuffer value = held.getValue();
        return value == null ? 0 : value.remaining();
    }

    /** Keys of one check are in the order of their numbers. */
    private static String key(String checkKey, long number) {
        return "%s/%019d".formatted(checkKey, number);
    }
}
