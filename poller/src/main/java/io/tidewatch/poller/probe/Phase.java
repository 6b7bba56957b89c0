package io.tidewatch.poller.probe;

import io.tidewatch.schema.FailureKind;

/** How far a run has come: what it is waiting for, and so what a timeout means. */
public enum Phase {
    RESOLVE(FailureKind.DNS_TIMEOUT, "resolving the name"),
    CONNECT(FailureKind.CONNECT_TIMEOUT, "connecting"),
    HANDSHAKE(FailureKind.TLS_TIMEOUT, "in the TLS handshake"),
    REQUEST(FailureKind.REQUEST_TIMEOUT, "waiting for the first byte"),
    READ(FailureKind.READ_TIMEOUT, "reading");

    private final FailureKind timeout;
    private final String description;

    Phase(FailureKind timeout, String description) {
        this.timeout = timeout;
        this.description = description;
    }

    /** The failure of a run whose deadline comes in this phase. */
    FailureKind timeout() {
        return timeout;
    }

    /** What the run was doing, to go into a sentence. */
    String description() {
        return description;
    }
}
