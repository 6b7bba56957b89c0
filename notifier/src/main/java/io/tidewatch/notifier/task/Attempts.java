package io.tidewatch.notifier.task;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import java.util.Objects;

/** The parts that all attempts of a transition, or of a delivery, have in common. */
final class Attempts {
    private Attempts() {}

    static DeliveryAttempt.Builder of(AlertEvent event) {
        return DeliveryAttempt.newBuilder()
                .setTenantId(event.getTenantId())
                .setNotificationPlanId(event.getNotificationPlanId())
                .setEntityId(event.getEntityId())
                .setCheckId(event.getCheckId())
                .setAlarmId(event.getAlarmId())
                .setEventId(event.getEventId())
                .setState(event.getState())
                .setPreviousState(event.getPreviousState())
                .setStatus(event.getStatus())
                .setEventTimestamp(event.getTimestamp());
    }

    /** @param delivery no withdrawal */
    static DeliveryAttempt.Builder of(Delivery delivery) {
        return of(Objects.requireNonNull(delivery.getEvent()))
                .setDeliveryId(delivery.getDeliveryId())
                .setNotificationId(delivery.getNotificationId())
                .setNotificationType(delivery.getNotificationType())
                .setKind(delivery.getKind())
                .setIncident(delivery.getIncident())
                .setState(delivery.getState());
    }
}
