package io.tidewatch.benchmarks.application;

import io.tidewatch.benchmarks.load.EventMark;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** The graphs of the floors: they read every result, decode none, and pass on those that are marked. */
public final class BareTopology {
    private static final String READ = "read";
    private static final String FORWARD_MARKED = "forward-marked";

    private BareTopology() {}

    /** The least that Kafka Streams can do: keeps nothing. */
    public static Topology stateless(String results, String marked) {
        return graph(ForwardMarked::new, marked, results);
    }

    /**
     * Reads the topics of the application beside it, and for each result reads and writes one value of a zone of a check.
     *
     * @param inputs as many as the application has: with several in a task, Kafka Streams does more for each record
     * @param valueBytes how large the value is
     * @param inMemory whether the stores are in memory instead of RocksDB; the changelogs are the same
     */
    public static Topology keeping(List<String> inputs, String marked, int valueBytes, boolean inMemory) {
        Topology topology = graph(() -> new StoreAndForward(valueBytes), marked, inputs.toArray(String[]::new));
        KeyValueBytesStoreSupplier supplier = inMemory
                ? Stores.inMemoryKeyValueStore(StoreAndForward.ZONES)
                : Stores.persistentKeyValueStore(StoreAndForward.ZONES);
        topology.addStateStore(
                Stores.keyValueStoreBuilder(supplier, Serdes.ByteArray(), Serdes.ByteArray()), FORWARD_MARKED);
        return topology;
    }

    private static Topology graph(
            ProcessorSupplier<byte[], byte[], byte[], byte[]> processor, String marked, String... inputs) {
        return new Topology()
                .addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(), inputs)
                .addProcessor(FORWARD_MARKED, processor, READ)
                .addSink("write-marked", marked, new ByteArraySerializer(), new ByteArraySerializer(), FORWARD_MARKED);
    }

    private static final class ForwardMarked extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            if (record.headers().lastHeader(EventMark.NAME) != null) {
                context().forward(record);
            }
        }
    }
}
