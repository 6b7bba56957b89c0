package io.tidewatch.notifier.task;

import io.tidewatch.pattern.UnfitPatternException;
import io.tidewatch.runtime.deadletters.BadRecordException;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of what a task's tenants have configured to be withheld: in a store, and in memory as the rules have it. Confined to the
 * task's thread.
 *
 * @param <S> as it is stored
 * @param <R> as the rules have it
 */
final class Rules<S extends SpecificRecord, R> {
    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

    private final KeyValueStore<String, S> store;
    private final Function<S, R> read;
    private final NavigableMap<String, R> byKey = new TreeMap<>();

    /** With what the store has. What can't be read any more, as after an update, withholds nothing. */
    Rules(KeyValueStore<String, S> store, Function<S, R> read) {
        this.store = store;
        this.read = read;
        try (KeyValueIterator<String, S> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, S> row = rows.next();
                restore(row.key, row.value);
            }
        }
    }

    private void restore(String key, S stored) {
        try {
            byKey.put(key, readable(key, stored));
        } catch (BadRecordException e) {
            LOG.error("What was stored withholds nothing any more key={} reason={}", key, e.getMessage());
        }
    }

    /**
     * @param now null when it was deleted
     * @throws BadRecordException when no rule can be made of it; what was there before stays
     */
    void change(String key, @Nullable S now) {
        if (now == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, readable(key, now));
        }
        store.put(key, now);
    }

    private R readable(String key, S stored) {
        try {
            return read.apply(stored);
        } catch (IllegalArgumentException | DateTimeException | UnfitPatternException e) {
            throw new BadRecordException(key + " can't be followed: " + e.getMessage());
        }
    }

    /** A tenant's, in the order of their keys. */
    Collection<R> of(String tenantId) {
        return Keys.ofTenant(byKey, tenantId).values();
    }
}
