package io.tidewatch.runtime.application;

import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores on disk of records by text keys. */
public final class AvroStores {
    private AvroStores() {}

    /** A task's own, with a changelog. */
    public static <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> keyValue(
            String name, SchemaRegistry registry, Class<T> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new AvroSerde<>(registry, type));
    }

    /**
     * Adds a store of the newest value of each key of a topic, the same in every process. It has no changelog of its own: its
     * topic is it.
     *
     * @param topic the topic's full name
     * @param nodes what the nodes are called behind {@code read-} and {@code keep-}
     */
    public static <T extends SpecificRecord> void addGlobal(
            Topology topology, String name, SchemaRegistry registry, Class<T> type, String topic, String nodes) {
        topology.addGlobalStore(
                keyValue(name, registry, type).withLoggingDisabled(),
                "read-" + nodes,
                Serdes.String().deserializer(),
                new AvroSerde<>(registry, type).deserializer(),
                topic,
                "keep-" + nodes,
                () -> new KeepNewest<T>(name));
    }
}
