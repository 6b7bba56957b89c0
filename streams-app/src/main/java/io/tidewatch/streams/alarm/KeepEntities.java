package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Entity;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the newest configuration of every entity at hand in every instance: entities are not partitioned by check. */
public final class KeepEntities extends ContextualProcessor<String, Entity, Void, Void> {
    @Override
    public void process(Record<String, Entity> input) {
        KeyValueStore<String, Entity> entities = context().getStateStore(AlarmStores.ENTITIES);
        entities.put(input.key(), input.value());
    }
}
