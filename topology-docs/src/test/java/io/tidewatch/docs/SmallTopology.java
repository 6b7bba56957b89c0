package io.tidewatch.docs;

import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A graph with one of everything: two sub-topologies, a logged and an unlogged store, a global one, a
 * sink, a node that leads nowhere.
 */
final class SmallTopology {
    private SmallTopology() {}

    static Topology create() {
        TopicNames names = TopicNames.withDefaultPrefix();
        return new Topology()
                .addSource("read-results", names.of(Topic.CHECK_RESULTS))
                .addSource("read-alarms", names.of(Topic.ALARMS))
                .addProcessor("remember-alarms", Ignoring::new, "read-alarms")
                .addProcessor("evaluate", Ignoring::new, "read-results")
                .addStateStore(store("alarm-configurations"), "remember-alarms", "evaluate")
                .addStateStore(store("scratch").withLoggingDisabled(), "evaluate")
                .addSink("publish-events", names.of(Topic.ALERT_EVENTS), "evaluate")
                .addSource("read-rollups", names.of(Topic.METRIC_ROLLUPS))
                .addProcessor("write-rollups", Ignoring::new, "read-rollups")
                .addGlobalStore(
                        store("labels").withLoggingDisabled(),
                        "read-entities",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        names.of(Topic.ENTITIES),
                        "keep-labels",
                        Keeping::new);
    }

    private static StoreBuilder<KeyValueStore<String, String>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    private static final class Ignoring implements Processor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            // Only the shape of the graph matters.
        }
    }

    private static final class Keeping implements Processor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            // Only the shape of the graph matters.
        }
    }
}
