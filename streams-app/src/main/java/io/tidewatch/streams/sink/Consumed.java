package io.tidewatch.streams.sink;

import io.tidewatch.runtime.deadletters.BadRecordException;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from its topic, to be written to a table.
 *
 * @param key null for a record that came without one
 * @param value null for one that says that its key was deleted
 * @param offset in the partition of its topic
 * @param <V> the value
 */
public record Consumed<V>(@Nullable String key, @Nullable V value, long offset) {
    /**
     * The value of a record that has to have one.
     *
     * @throws BadRecordException when it has none
     */
    V present() {
        V present = value;
        if (present == null) {
            throw new BadRecordException("The record has no value; rows are not deleted but expire");
        }
        return present;
    }
}
