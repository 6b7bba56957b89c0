package io.tidewatch.system.fuzz.wire;

import java.util.List;

/**
 * How an exchange went.
 *
 * @param tookMs from the last byte sent to the end
 */
public record Outcome(End end, List<Answer> answers, long tookMs) {
    /** How it came to its end. */
    public enum End {
        /** As many answers as were awaited. */
        ANSWERED,
        /** The server closed, maybe after some answers. */
        CLOSED,
        /** The client went away, as it had meant to. */
        LEFT,
        /** Neither an answer nor a close within the deadline. */
        SILENT,
        /** No connection within the deadline. */
        UNREACHABLE
    }
}
