package io.tidewatch.notifier.delivery;

/** How many messages to one receiver may become one. */
public enum Merging {
    /** Each goes out by itself: a machine reads them. */
    NEVER,

    /** Any of them may: people read them. */
    ANY,

    /**
     * Problems may, and then they are one problem to their receiver until all of them are over: it opens an incident for what it
     * is told.
     */
    PROBLEMS
}
