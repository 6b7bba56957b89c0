package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.Resolution;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows that a task keeps: of each resolution but the coarsest, which is made when it is published, and forgotten.
 * Belongs to one stream task and its thread.
 */
final class StoredWindows {
    private static final Logger LOG = LoggerFactory.getLogger(StoredWindows.class);

    private final Map<Resolution, WindowStore<String, SeriesWindow>> stores = new EnumMap<>(Resolution.class);
    private final RollupMeters meters;

    /**
     * @param byName gives a task's store
     */
    StoredWindows(Function<String, WindowStore<String, SeriesWindow>> byName, RollupMeters meters) {
        this.meters = meters;
        for (Resolution resolution : Resolution.values()) {
            if (resolution.coarser().isPresent()) {
                stores.put(resolution, byName.apply(RollupStores.windows(resolution)));
            }
        }
        stores.values().forEach(StoredWindows::giveAnOffset);
    }

    /**
     * Deletes what isn't there from an empty store. Kafka Streams 4.3 knows how far a store of windows is from its segments;
     * of one that never had any it doesn't, takes the whole task for corrupted, and restores all of its stores from scratch,
     * at each start and handover. Source: {@code AbstractSegments.committedOffset} and {@code
     * ProcessorStateManager.initializeStoreOffsets}.
     */
    private static void giveAnOffset(WindowStore<String, SeriesWindow> store) {
        try (var all = store.all()) {
            if (!all.hasNext()) {
                store.put("", null, 0);
            }
        }
    }

    /** The store of a resolution, which is not the coarsest. */
    WindowStore<String, SeriesWindow> of(Resolution resolution) {
        return Objects.requireNonNull(stores.get(resolution));
    }

    /**
     * The window that is due: as results have filled it, or made anew from all finer ones in it and kept for the next coarser
     * one, if any. Empty when it went past the store's retention, while the application was away for longer than that; and
     * when the store can't tell it: one window must not stop all others.
     */
    Optional<SeriesWindow> find(DueWindow due) {
        try {
            return due.resolution()
                    .finer()
                    .map(finer -> merged(due, finer))
                    .orElseGet(() -> Optional.ofNullable(
                            of(due.resolution()).fetch(due.series(), due.start().toEpochMilli())));
        } catch (SerializationException e) {
            meters.countLost(due.resolution());
            LOG.error(
                    "A rollup window can't be read or kept and is left out resolutionMinutes={} start={}",
                    due.resolution().minutes(),
                    due.start(),
                    e);
            return Optional.empty();
        }
    }

    private Optional<SeriesWindow> merged(DueWindow due, Resolution finer) {
        SeriesWindow merged = new SeriesWindow(due.start());
        Instant last = due.end().minusMillis(1);
        try (WindowStoreIterator<SeriesWindow> parts = of(finer).fetch(due.series(), due.start(), last)) {
            parts.forEachRemaining(part -> merged.merge(part.value));
        }
        if (merged.metrics().isEmpty()) {
            return Optional.empty();
        }
        if (due.resolution().coarser().isPresent()) {
            keep(due, merged);
        }
        if (!merged.isComplete()) {
            meters.countIncomplete(due.resolution());
        }
        return Optional.of(merged);
    }

    /** As much of it as there may be. */
    private void keep(DueWindow due, SeriesWindow merged) {
        boolean kept = false;
        while (!kept) {
            try {
                of(due.resolution()).put(due.series(), merged, due.start().toEpochMilli());
                kept = true;
            } catch (FullWindowException e) {
                merged.thin();
            }
        }
    }
}
