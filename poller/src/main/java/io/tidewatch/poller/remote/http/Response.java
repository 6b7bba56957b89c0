package io.tidewatch.poller.remote.http;

import java.util.Optional;

/**
 * What a server answered.
 *
 * @param location where it redirects to; empty when this is no redirect
 * @param body the first bytes of the body, as text
 * @param bytes how long the body was, as far as it was read
 * @param truncatedBytes how much of that is not in {@code body}
 * @param firstByteNanos when its first byte came, in nanoseconds from the start of the run
 */
record Response(
        int status, Optional<String> location, String body, long bytes, long truncatedBytes, long firstByteNanos) {}
