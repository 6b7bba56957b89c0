package io.tidewatch.notifier.task;

import io.tidewatch.notifier.incident.ChannelTraits;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.schema.Notification;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the incident rules have to know of a tenant's notifications, as they are now. */
record TenantChannels(String tenantId, KeyValueStore<String, Notification> notifications, Courier courier)
        implements ChannelTraits {
    @Override
    public boolean acknowledges(String channel) {
        return courier.acknowledges(known(channel).map(Notification::getType).orElse(""));
    }

    @Override
    public Optional<String> fallback(String channel) {
        return known(channel).map(Notification::getFallback);
    }

    private Optional<Notification> known(String channel) {
        return Optional.ofNullable(notifications.get(Keys.of(tenantId, channel)));
    }
}
