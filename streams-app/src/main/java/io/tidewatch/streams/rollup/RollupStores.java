package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.Resolution;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores of {@link RollUpMetrics}: their names, and how long they keep what. */
public final class RollupStores {
    /** The windows that hold something unpublished: {@link DueWindow}. */
    static final String UNPUBLISHED = "unpublished-rollups";

    /** {@link RollupClock}. */
    static final String CLOCK = "rollup-clock";

    /**
     * The store is ahead of the event time that lateness is measured against: results may lie an hour ahead of their
     * records, and those an hour ahead of the broker. A window may then wait for an hour of grace, and for a look that comes
     * an hour of event time later. And an hour for a segment's slack.
     */
    private static final Duration SLACK = Duration.ofHours(5);

    private RollupStores() {}

    /**
     * All of them. There are windows of each resolution but the coarsest: nothing is made from those, so that they are
     * published and forgotten.
     */
    public static Set<StoreBuilder<?>> builders(RollUpMetrics.Times times) {
        Set<StoreBuilder<?>> builders = new HashSet<>();
        for (Resolution resolution : Resolution.values()) {
            resolution.coarser().ifPresent(coarser -> builders.add(windows(resolution, kept(times, coarser))));
        }
        builders.add(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(UNPUBLISHED), StoreFormat.dueWindows(), Serdes.ByteArray()));
        builders.add(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CLOCK), Serdes.String(), Serdes.Long()));
        return builders;
    }

    /** The store of a resolution: {@link SeriesWindow} by series and window start. */
    static String windows(Resolution resolution) {
        return "rollup-windows-" + resolution.minutes() + "m";
    }

    private static StoreBuilder<?> windows(Resolution resolution, Duration kept) {
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(windows(resolution), kept, resolution.length(), false),
                        Serdes.String(),
                        StoreFormat.windows())
                .withCachingEnabled();
    }

    /** So long that a result that is as late as it may be finds all that its coarser window is made from. */
    private static Duration kept(RollUpMetrics.Times times, Resolution coarser) {
        return times.lateness().plus(coarser.length()).plus(SLACK);
    }
}
