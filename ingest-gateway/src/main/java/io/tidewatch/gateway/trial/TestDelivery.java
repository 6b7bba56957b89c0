package io.tidewatch.gateway.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The message by which a notification is tried. It is of an alarm that there is not, and tells OK, so that a receiver that does not
 * know tests opens nothing.
 */
final class TestDelivery {
    private static final String ENTITY = "enTest";
    private static final String CHECK = "chTest";
    private static final String ALARM = "alTest";

    private TestDelivery() {}

    /** @param tested goes with the message, so that it is tried as it is here, wherever the notifier has read to */
    static Delivery of(Notification tested, String deliveryId, Instant now) {
        return Delivery.newBuilder()
                .setDeliveryId(deliveryId)
                .setTenantId(tested.getTenantId())
                .setNotificationId(tested.getNotificationId())
                .setNotificationType(tested.getType())
                .setKind(MessageKind.TEST)
                .setIncident(0)
                .setState(State.OK)
                .setEvent(event(tested, now))
                .setOpenedAt(now)
                .setSubject(subject())
                .setCreatedAt(now)
                .setNotification(tested)
                .build();
    }

    static LogEntry entry(Delivery delivery) {
        String key = delivery.getTenantId() + "/" + delivery.getNotificationId();
        return new LogEntry(Topic.DELIVERIES, key, Optional.of(delivery.getTenantId()), Optional.of(delivery));
    }

    private static AlertEvent event(Notification tested, Instant now) {
        String tenantId = tested.getTenantId();
        return AlertEvent.newBuilder()
                .setEventId(String.join(
                        ":", tenantId, ENTITY, ALARM, CHECK, Long.toString(now.toEpochMilli()), State.OK.name()))
                .setTenantId(tenantId)
                .setEntityId(ENTITY)
                .setCheckId(CHECK)
                .setAlarmId(ALARM)
                .setTimestamp(now)
                .setState(State.OK)
                .setPreviousState(State.OK)
                .setStatus("this tests the notification " + tested.getLabel() + "; nothing has happened")
                .setObservations(List.of())
                .setMetrics(Map.of())
                .build();
    }

    private static String subject() {
        ObjectNode subject = Json.MAPPER.createObjectNode();
        subject.putObject("entity").put("id", ENTITY).put("label", "test entity");
        subject.putObject("check").put("id", CHECK).put("label", "test check");
        subject.putObject("alarm").put("id", ALARM).put("label", "test alarm");
        return subject.toString();
    }
}
