package io.tidewatch.channels;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Types of notification, by id. Immutable. */
public final class ChannelTypes {
    /** Those of Tidewatch. To add one, add a line, and one to the notifier's list. */
    public static final ChannelTypes ALL = new ChannelTypes(List.of(
            Webhook.TYPE,
            Email.TYPE,
            PagerDuty.TYPE,
            Alertmanager.TYPE,
            Slack.TYPE,
            MsTeams.TYPE,
            VictorOps.TYPE,
            CloudEvents.TYPE,
            Custom.TYPE));

    /**
     * What those types of Rackspace Cloud Monitoring need that Tidewatch has no provider for. Source: the notification types page of
     * its manual.
     */
    private static final Map<String, String> WITHOUT_PROVIDER = Map.of(
            "managed", "for the tickets of a managed account",
            "technicalContactsEmail", "for an account's technical contacts",
            "sms", "for text messages",
            "atomHopper", "for Atom Hopper's feeds");

    private final TreeMap<String, ChannelType> byId;

    /**
     * @throws IllegalStateException when two have one id
     */
    public ChannelTypes(Collection<ChannelType> types) {
        byId = types.stream()
                .collect(Collectors.toMap(
                        ChannelType::id,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalStateException("two notification types have the id " + one.id());
                        },
                        TreeMap::new));
    }

    /** All that are declared, in the order of their ids. */
    public List<ChannelType> list() {
        return List.copyOf(byId.values());
    }

    /** The type with that id. */
    public Optional<ChannelType> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Why there is no type with an id that {@link #find} does not know: a sentence that names those that there are. */
    public String absence(String id) {
        String reason = Optional.ofNullable(WITHOUT_PROVIDER.get(id))
                .map(purpose -> "Tidewatch has no provider " + purpose + ", so that it does not offer the type " + id)
                .orElse(id + " is not a notification type");
        return reason + "; the types are " + String.join(", ", byId.keySet());
    }
}
