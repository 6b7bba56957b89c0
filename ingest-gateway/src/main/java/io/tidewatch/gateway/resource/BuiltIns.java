package io.tidewatch.gateway.resource;

import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import java.time.Instant;
import java.util.List;

/**
 * What every tenant has without having made it, and clients name without having looked. It is on no topic.
 *
 * <p>Source: the notification plans page of Rackspace Cloud Monitoring's manual.
 */
final class BuiltIns {
    private static final String NOTIFICATION_ID = "ntTechnicalContactsEmail";

    private BuiltIns() {}

    static List<Notification> notifications(String tenantId) {
        return List.of(Notification.newBuilder()
                .setTenantId(tenantId)
                .setNotificationId(NOTIFICATION_ID)
                .setType("technicalContactsEmail")
                .setLabel("Technical Contacts - Email")
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build());
    }

    /** In the order of their ids. */
    static List<NotificationPlan> plans(String tenantId) {
        return List.of(
                plan(tenantId, "npManaged", "Managed"),
                plan(tenantId, "npTechnicalContactsEmail", "Technical Contacts - Email"));
    }

    private static NotificationPlan plan(String tenantId, String id, String label) {
        return NotificationPlan.newBuilder()
                .setTenantId(tenantId)
                .setNotificationPlanId(id)
                .setLabel(label)
                .setCriticalState(List.of(NOTIFICATION_ID))
                .setWarningState(List.of(NOTIFICATION_ID))
                .setOkState(List.of(NOTIFICATION_ID))
                .setEscalation(List.of())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }
}
