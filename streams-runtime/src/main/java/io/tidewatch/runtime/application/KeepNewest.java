package io.tidewatch.runtime.application;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Fills a global store with the newest value of each key of its topic. One instance belongs to the global stream thread. */
final class KeepNewest<V> extends ContextualProcessor<String, V, Void, Void> {
    private final String store;

    /** @param store the store's name */
    KeepNewest(String store) {
        this.store = store;
    }

    @Override
    public void process(Record<String, V> input) {
        KeyValueStore<String, V> values = context().getStateStore(store);
        values.put(input.key(), input.value());
    }
}
