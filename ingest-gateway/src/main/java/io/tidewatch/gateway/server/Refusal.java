package io.tidewatch.gateway.server;

import java.util.Locale;

/** Why a connection or a request was turned away before the API saw it. */
public enum Refusal {
    /** There are as many connections as there may be, or as many from that address. */
    CONNECTIONS,
    /** A request, or the reading of an answer, took too long. */
    SLOW,
    /** As many requests for that tenant wait for their turn as may, or the turn did not come in time. */
    TURNS,
    /** What is on its way in or out already takes the memory that there is for it. */
    MEMORY;

    /** The tag of the metric. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
