package io.tidewatch.notifier.sending;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.Notification;
import java.time.Instant;

/** Brings messages to receivers, whatever their type. Thread-safe. */
public interface Courier {
    /**
     * Tries to deliver a message. Blocks until it is known how that ended, or until it has taken too long.
     *
     * @param delivery no withdrawal
     * @return never anything secret
     */
    Attempt send(Delivery delivery, Notification notification, Instant now);

    /** How messages to receivers of a type may become one. */
    Merging merging(String notificationType);

    /** Whether receivers of a type can be told that somebody takes care of a problem. */
    boolean acknowledges(String notificationType);
}
