package io.tidewatch.notifier.incident;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which alarms a receiver knows by the same digest: the end of such a problem is told when all of them are over. In memory,
 * from the incidents. Confined to one thread.
 */
public final class Conversations {
    private final Map<String, Set<String>> alarms = new HashMap<>();

    /**
     * An alarm's incident has changed.
     *
     * @param alarmKey {@code tenant/entity/alarm}
     */
    public void change(String tenantId, String alarmKey, Incident before, Incident after) {
        before.receivers().forEach((channel, receiver) -> {
            Optional<String> left = conversation(receiver);
            if (left.isPresent() && !left.equals(conversation(after.receivers().get(channel)))) {
                leave(key(tenantId + "/" + channel, left.get()), alarmKey);
            }
        });
        after.receivers()
                .forEach((channel, receiver) -> conversation(receiver)
                        .ifPresent(joined -> alarms.computeIfAbsent(
                                        key(tenantId + "/" + channel, joined), key -> new HashSet<>())
                                .add(alarmKey)));
    }

    /**
     * How many alarms a receiver knows by a digest.
     *
     * @param receiver {@code tenant/notification}
     */
    public int alarms(String receiver, String conversation) {
        return alarms.getOrDefault(key(receiver, conversation), Set.of()).size();
    }

    private void leave(String key, String alarmKey) {
        Set<String> left = alarms.get(key);
        if (left != null && left.remove(alarmKey) && left.isEmpty()) {
            alarms.remove(key);
        }
    }

    private static Optional<String> conversation(@Nullable Receiver receiver) {
        return receiver == null ? Optional.empty() : receiver.told().flatMap(Receiver.Told::conversation);
    }

    private static String key(String receiver, String conversation) {
        return receiver + "/" + conversation;
    }
}
