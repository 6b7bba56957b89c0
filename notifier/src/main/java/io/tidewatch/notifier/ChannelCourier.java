package io.tidewatch.notifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.channels.ChannelTypes;
import io.tidewatch.checks.field.FieldKind;
import io.tidewatch.notifier.channel.Channel;
import io.tidewatch.notifier.channel.ChannelDetails;
import io.tidewatch.notifier.channel.Channels;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.Notification;
import io.tidewatch.secrets.SealedSecretException;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.secrets.SecretPlace;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Brings each message to the channel of its notification's type, with the secrets that this takes. Thread-safe. */
final class ChannelCourier implements Courier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Channels channels;
    private final Optional<SecretBox> secrets;

    /** @param secrets empty when this notifier has no key */
    ChannelCourier(Channels channels, Optional<SecretBox> secrets) {
        this.channels = channels;
        this.secrets = secrets;
    }

    @Override
    public Attempt send(Delivery delivery, Notification notification, Instant now) {
        Optional<Channel> channel = channels.of(notification.getType());
        if (channel.isEmpty()) {
            return later("this notifier sends nothing of the type " + notification.getType() + "; it sends what is of "
                    + String.join(", ", channels.types()));
        }
        if (secrets.isEmpty() && !notification.getSecrets().isEmpty()) {
            return later("this notifier has no key to open secrets with: see its setting " + SecretBox.KEYS);
        }
        try {
            return channel.get().send(delivery, details(notification), now);
        } catch (SealedSecretException e) {
            return later(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public boolean acknowledges(String notificationType) {
        return channels.of(notificationType).map(Channel::acknowledges).orElse(false);
    }

    @Override
    public Merging merging(String notificationType) {
        return channels.of(notificationType).map(Channel::merging).orElse(Merging.NEVER);
    }

    /** What an operator can mend: the message waits for it. */
    private static Attempt later(String reason) {
        return Attempt.of(Attempt.Result.NOT_RECEIVED, reason);
    }

    /** In the place of a secret, the details have a hint. */
    private ChannelDetails details(Notification notification) {
        Map<String, Object> values = new HashMap<>(notification.getDetails());
        notification.getSecrets().forEach((field, secret) -> values.put(field, opened(notification, field, secret)));
        return new ChannelDetails(values);
    }

    /** A text as it is; of a field that is a map, the JSON that it was sealed as. */
    private Object opened(Notification notification, String field, String secret) {
        String opened = secrets.orElseThrow()
                .open(secret, new SecretPlace(notification.getTenantId(), notification.getNotificationId(), field));
        try {
            return isMap(notification.getType(), field) ? JSON.readValue(opened, Map.class) : opened;
        } catch (JsonProcessingException e) {
            // Without the cause, whose message may have something of the secret.
            throw new IllegalStateException("The gateway sealed a map that is none");
        }
    }

    private static boolean isMap(String type, String name) {
        return ChannelTypes.ALL.find(type).stream()
                .flatMap(declared -> declared.fields().stream())
                .anyMatch(field -> field.name().equals(name) && field.form().kind() == FieldKind.MAP);
    }
}
