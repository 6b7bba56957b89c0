package io.tidewatch.notifier.task;

import io.tidewatch.notifier.incident.Incident;
import io.tidewatch.notifier.incident.Message;
import io.tidewatch.notifier.incident.NextMessages;
import io.tidewatch.notifier.incident.Receiver;
import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.sending.Attempts;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.Notification;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What has been decided about an alarm, as the records that say so. Confined to the task's thread. */
final class Deliveries {
    private final KeyValueStore<String, Notification> notifications;
    private final Configured configured;

    Deliveries(KeyValueStore<String, Notification> notifications, Configured configured) {
        this.notifications = notifications;
        this.configured = configured;
    }

    /**
     * What is told of an alarm, and why.
     *
     * @param alarmKey {@code tenant/entity/alarm}
     * @param event the alarm's newest transition
     * @param planId that of the alarm; null when it has none
     * @param incident after the decision
     */
    record Decision(
            String alarmKey, AlertEvent event, @Nullable String planId, Plan plan, Incident incident, Instant now) {}

    /** A message, its content frozen. */
    Delivery message(Message message, Decision decision) {
        Plan plan = decision.plan();
        return started(message.channel(), message.deliveryId(), decision)
                .setKind(IncidentRecords.stored(message.kind()))
                .setIncident(message.incident())
                .setState(message.state())
                .setGroup(plan.groups()
                        .map(groups -> group(groups.by(), decision))
                        .orElse(null))
                .setGroupWaitMs(plan.groupWait(message.state()).toMillis())
                .setGroupIntervalMs(plan.groups()
                        .map(groups -> groups.interval().toMillis())
                        .orElse(0L))
                .setConversation(receiver(decision, message.channel())
                        .told()
                        .flatMap(Receiver.Told::conversation)
                        .orElse(null))
                .setEvent(decision.event())
                .setSubject(Subjects.json(configured, decision.alarmKey(), decision.event()))
                .setAcknowledgement(acknowledgement(message, decision))
                .build();
    }

    private static @Nullable IncidentAcknowledgement acknowledgement(Message message, Decision decision) {
        return message.kind() == Message.Kind.ACKNOWLEDGED
                ? decision.incident()
                        .acknowledgement()
                        .map(IncidentRecords::stored)
                        .orElse(null)
                : null;
    }

    /** Withdraws a message that is on its way. */
    Delivery withdrawal(String deliveryId, Decision decision) {
        Incident incident = decision.incident();
        String channel = incident.receivers().entrySet().stream()
                .filter(receiver -> receiver.getValue().pending().stream()
                        .anyMatch(pending -> pending.message().deliveryId().equals(deliveryId)))
                .findFirst()
                .orElseThrow()
                .getKey();
        return started(channel, deliveryId, decision)
                .setIncident(incident.number())
                .setState(incident.state())
                .build();
    }

    /** Says why somebody is not told. */
    DeliveryAttempt suppressed(NextMessages.WithheldMessage withheld, Decision decision) {
        AlertEvent event = decision.event();
        DeliveryAttempt.Builder begun = Attempts.of(event)
                .setDeliveryId(withheld.eventId() + ":" + withheld.channel())
                .setNotificationId(withheld.channel())
                .setNotificationType(type(event.getTenantId(), withheld.channel()))
                .setIncident(decision.incident().number())
                .setState(withheld.state());
        return Attempts.notMade(begun, AttemptResult.SUPPRESSED, withheld.reason(), decision.now());
    }

    /** Empty for a notification that there is not. */
    String type(String tenantId, String channel) {
        Notification notification = notifications.get(Keys.of(tenantId, channel));
        return notification == null ? "" : notification.getType();
    }

    private Delivery.Builder started(String channel, String deliveryId, Decision decision) {
        String tenantId = decision.event().getTenantId();
        return Delivery.newBuilder()
                .setDeliveryId(deliveryId)
                .setTenantId(tenantId)
                .setNotificationId(channel)
                .setNotificationType(type(tenantId, channel))
                .setOpenedAt(decision.incident().opened())
                .setCreatedAt(decision.now());
    }

    private static Receiver receiver(Decision decision, String channel) {
        return Objects.requireNonNull(decision.incident().receivers().get(channel), channel);
    }

    private static String group(Plan.GroupBy by, Decision decision) {
        String plan = String.valueOf(decision.planId());
        AlertEvent event = decision.event();
        return switch (by) {
            case PLAN -> plan;
            case ENTITY -> Keys.of(plan, event.getEntityId());
            case CHECK -> Keys.of(plan, event.getEntityId(), event.getCheckId());
        };
    }
}
