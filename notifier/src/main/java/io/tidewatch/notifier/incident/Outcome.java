package io.tidewatch.notifier.incident;

/** How a delivery ended for good. */
public enum Outcome {
    /** The receiver has confirmed it. */
    DELIVERED,

    /** It was withdrawn, and the receiver has surely not got it. */
    OVERTAKEN,

    /** It was given up, and the receiver has surely not got it. */
    REFUSED,

    /** It was given up, and the receiver may have got it. */
    LOST
}
