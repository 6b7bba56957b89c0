package io.tidewatch.notifier.incident;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who is told instead of channels that can't be reached. Pure. */
final class Fallbacks {
    private Fallbacks() {}

    /** The recipients, and the fallbacks of those whose message about this incident was given up, and of these in turn. */
    static Set<String> with(Set<String> recipients, Incident incident, ChannelTraits traits) {
        Set<String> all = new TreeSet<>(recipients);
        Deque<String> unasked = new ArrayDeque<>(recipients);
        while (!unasked.isEmpty()) {
            String channel = unasked.remove();
            Optional<String> fallback = isGivenUp(incident, channel) ? traits.fallback(channel) : Optional.empty();
            fallback.filter(all::add).ifPresent(unasked::add);
        }
        return all;
    }

    private static boolean isGivenUp(Incident incident, String channel) {
        Receiver receiver = incident.receivers().getOrDefault(channel, Receiver.NEW);
        long known = receiver.told().map(Receiver.Told::incident).orElse(incident.number());
        return receiver.givenUp()
                .filter(givenUp -> givenUp.incident() == known || givenUp.incident() == incident.number())
                .isPresent();
    }
}
