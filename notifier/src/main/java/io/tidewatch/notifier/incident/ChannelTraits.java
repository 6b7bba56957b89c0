package io.tidewatch.notifier.incident;

import java.util.Optional;

/** What the rules have to know of channels, which are named by the ids of notifications. */
public interface ChannelTraits {
    /** Whether its receiver can be told that somebody takes care of a problem. */
    boolean acknowledges(String channel);

    /** The channel that is told instead when a message for this one was given up. */
    default Optional<String> fallback(String channel) {
        return Optional.empty();
    }
}
