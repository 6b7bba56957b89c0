package io.tidewatch.benchmarks.sink;

import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records of one kind for the sink to write, the same ones whenever they are asked for.
 *
 * @param <V> the record
 */
interface SinkLoad<V extends SpecificRecord> {
    /** What the rows are, for people and for the names of figures. */
    String name();

    Topic topic();

    /** Where the rows end up. */
    List<String> tables();

    Insert<V> insert(Inserts inserts);

    /** The check whose partition of the topic a record belongs into. */
    CheckPath check(V value);

    String key(V value);

    /** All of them in order; those that go into Cassandra together come together. */
    void forEachBatch(Consumer<List<V>> action);
}
