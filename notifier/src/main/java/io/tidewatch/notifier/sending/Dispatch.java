package io.tidewatch.notifier.sending;

import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Notification;
import java.util.Optional;

/** Hands messages to those who send them. */
public interface Dispatch {
    /** @param number of the attempt, from 1 */
    void send(Delivery delivery, Optional<Notification> notification, int number);

    /** Whether an attempt was made by this task. */
    boolean isOurs(DeliveryAttempt attempt);
}
