package io.tidewatch.streams.alarm.naive;

import io.tidewatch.schema.State;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What became of the alarms of a story.
 *
 * @param transitions of each alarm that ever was, in order
 * @param published of each alarm that is left: the newest AlarmState as it went out in the course of the story
 * @param rows of each alarm that is left: the zones in full at the end
 */
record Outcome(
        SortedMap<String, List<Transition>> transitions,
        SortedMap<String, Published> published,
        SortedMap<String, List<Row>> rows) {
    record Transition(
            String eventId,
            State previous,
            State state,
            long atMs,
            String status,
            String zone,
            Map<String, Object> metrics,
            List<Seen> zones) {}

    /** What a zone saw last. */
    record Seen(String zone, State state, String status, long atMs) {}

    record Published(State state, State previous, long sinceMs, String status, boolean evaluated, List<Vote> votes) {}

    record Vote(String zone, State runState, State vote) {}

    record Row(String zone, State runState, int runLength, State vote, String status, long atMs) {}
}
