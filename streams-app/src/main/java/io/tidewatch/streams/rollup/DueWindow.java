package io.tidewatch.streams.rollup;

import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;

/**
 * A window of a series that holds something which has not been published. Windows sort by their end, as bytes too, so that
 * those that are due are the first ones of the store; of those that end at the same time the finer ones come first, because
 * coarser ones are made from them.
 *
 * @param series as text, see {@link Series#toString}
 */
record DueWindow(Instant end, Resolution resolution, String series) implements Comparable<DueWindow> {
    private static final Comparator<DueWindow> ORDER = Comparator.comparing(DueWindow::end)
            .thenComparing(DueWindow::resolution)
            .thenComparing(DueWindow::series);

    /** The window of the series that begins then. */
    static DueWindow starting(Instant start, Resolution resolution, String series) {
        return new DueWindow(resolution.windowEnd(start), resolution, series);
    }

    /** Before every window that ends at {@code end} or later. */
    static DueWindow firstFrom(Instant end) {
        return new DueWindow(end, Resolution.MIN5, "");
    }

    Instant start() {
        return end.minus(resolution.length());
    }

    /** After every window that ends at {@code end} or before, and before all others. */
    static DueWindow afterAllUntil(Instant end) {
        return new DueWindow(end.plusMillis(1), Resolution.MIN5, "");
    }

    @Override
    public int compareTo(DueWindow other) {
        return ORDER.compare(this, other);
    }

    byte[] bytes() {
        byte[] name = series.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + name.length)
                .putLong(end.toEpochMilli())
                .putInt(resolution.minutes())
                .put(name)
                .array();
    }

    static DueWindow of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Instant end = Instant.ofEpochMilli(buffer.getLong());
        Resolution resolution = Resolution.ofMinutes(buffer.getInt()).orElseThrow();
        return new DueWindow(
                end, resolution, StandardCharsets.UTF_8.decode(buffer).toString());
    }
}
