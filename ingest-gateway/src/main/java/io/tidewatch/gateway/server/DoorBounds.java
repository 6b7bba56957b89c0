package io.tidewatch.gateway.server;

import java.time.Duration;

/**
 * How much the front door lets in.
 *
 * @param connections of all addresses together
 * @param connectionsPerAddress of one IPv4 address, or of one IPv6 network of 64 bits, which one customer has
 * @param patience for headers, and for a body or an answer beyond a second for each {@link #BYTES_A_SECOND}
 * @param turnTimeout how long a request waits for its turn
 * @param heapBytes the memory of the process, of which bodies, their trees and answers get a part each
 * @param processors what reads from memory share
 */
public record DoorBounds(
        int connections,
        int connectionsPerAddress,
        Duration patience,
        Duration turnTimeout,
        long heapBytes,
        int processors) {
    /** The slowest pace: a body of a mebibyte takes about a minute. A byte now and then is below any. */
    static final int BYTES_A_SECOND = 16_384;

    /** Nobody's connection stays open for longer without a request; this is Jetty's own idle timeout. */
    static final Duration QUIET = Duration.ofSeconds(30);

    /**
     * Memory that a body takes as a tree of JSON nodes, for each of its bytes.
     *
     * <p>Source: counted from the nodes' fields; {@code [{},{},…]} has a node of 72 bytes for each three.
     */
    static final int TREE_BYTES_PER_BYTE = 24;

    /** Bodies that are being received, or waited for; answers that wait for their readers get as much. */
    long bufferBytes() {
        return heapBytes / 8;
    }

    /** Bodies that are being read as JSON. */
    long treeBytes() {
        return heapBytes / 4;
    }

    /** A reader's page is a mebibyte and some copies of it; below a small heap there are fewer at once. */
    int readersAtOnce() {
        return (int) Math.max(16, Math.min(64, heapBytes / (8 << 20)));
    }
}
