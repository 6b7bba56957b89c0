package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.Series;
import java.time.Instant;
import org.apache.kafka.streams.state.WindowStore;

/**
 * From which zones each check has had results in each window, as far as they are not too many. A zone is any text that a
 * producer chose, and each begins a series with windows of its own: a new one with each result would make one result as
 * dear as a check.
 *
 * <p>They are kept in the store of windows of the finest resolution, so that they go with them, under the check's path,
 * which no series has for its key: a {@link SeriesWindow} whose texts are named as the zones. It is asked when a series gets
 * a new window, and not for each result. Belongs to one stream task and its thread.
 */
final class ZonesOfChecks {
    /** As many as a check may list. Source: the gateway's limit of {@code monitoring_zones_poll}. */
    static final int MAX_ZONES = 64;

    private final WindowStore<String, SeriesWindow> windows;

    ZonesOfChecks(WindowStore<String, SeriesWindow> windows) {
        this.windows = windows;
    }

    /**
     * Remembers that a series has a window.
     *
     * @return false when so many others of its check have one that it may not
     */
    boolean admit(Series series, Instant windowStart) {
        String check = series.check().toString();
        SeriesWindow stored = windows.fetch(check, windowStart.toEpochMilli());
        SeriesWindow zones = stored == null ? new SeriesWindow(windowStart) : stored;
        if (zones.texts().containsKey(series.zoneId())) {
            return true;
        }
        if (zones.texts().size() >= MAX_ZONES) {
            return false;
        }
        zones.enter(windowStart);
        zones.addText(series.zoneId(), "", windowStart);
        windows.put(check, zones, windowStart.toEpochMilli());
        return true;
    }
}
