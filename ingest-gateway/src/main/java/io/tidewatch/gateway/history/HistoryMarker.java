package io.tidewatch.gateway.history;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import java.time.Instant;

/** Markers of lists in the order of time, in which many transitions may share a millisecond: the time and the transition. */
final class HistoryMarker {
    private HistoryMarker() {}

    static String of(Instant timestamp, String eventId) {
        return timestamp.toEpochMilli() + ":" + eventId;
    }

    /**
     * @param time what the list is about. A marker from elsewhere would be read from all days up to it, or from all days there are
     * @throws Fault when it is no marker of that list
     */
    static Position read(String marker, TimeRange time) {
        Position position = read(marker);
        if (!time.contains(position.timestamp())) {
            throw Fault.badField(
                    "marker",
                    "is not of this list, which goes from " + time.from().toEpochMilli() + " to right before "
                            + time.until().toEpochMilli());
        }
        return position;
    }

    private static Position read(String marker) {
        String[] parts = marker.split(":", 2);
        if (parts.length < 2) {
            throw Fault.badField("marker", "is none that this list has given");
        }
        return new Position(QueryParameters.time("marker", parts[0]), parts[1]);
    }
}
