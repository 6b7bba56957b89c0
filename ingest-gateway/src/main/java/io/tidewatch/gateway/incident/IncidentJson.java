package io.tidewatch.gateway.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.GivenUpMessage;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.PendingMessage;
import io.tidewatch.schema.ReceiverMemory;
import io.tidewatch.schema.ToldProblem;
import io.tidewatch.schema.WithheldMessage;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An incident as the API shows it. Times are milliseconds since 1970. */
final class IncidentJson {
    private static final String STATE = "state";
    private static final String INCIDENT = "incident";

    private IncidentJson() {}

    static ObjectNode of(Incident incident) {
        AlertEvent event = incident.getEvent();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", IncidentId.of(incident).toString())
                .put("number", incident.getNumber())
                .put("entity_id", incident.getEntityId())
                .put("check_id", incident.getCheckId())
                .put("alarm_id", incident.getAlarmId())
                .put("entity_label", event.getEntityLabel())
                .put("check_label", event.getCheckLabel())
                .put("alarm_label", event.getAlarmLabel())
                .put("notification_plan_id", event.getNotificationPlanId())
                .put(STATE, incident.getState().name())
                .put("status", event.getStatus())
                .put("opened_at", incident.getOpenedAt().toEpochMilli())
                .put("changed_at", event.getTimestamp().toEpochMilli())
                .put("escalation_step", incident.getEscalationSteps());
        json.set("acknowledgement", or(incident.getAcknowledgement(), IncidentJson::acknowledgement));
        ArrayNode receivers = json.putArray("receivers");
        new TreeMap<>(incident.getReceivers()).forEach((id, memory) -> receivers.add(receiver(id, memory)));
        return json;
    }

    private static ObjectNode acknowledgement(IncidentAcknowledgement acknowledgement) {
        Instant until = acknowledgement.getUntil();
        return Json.MAPPER
                .createObjectNode()
                .put("who", acknowledgement.getWho())
                .put("note", acknowledgement.getNote())
                .put("at", acknowledgement.getAt().toEpochMilli())
                .put("sticky", acknowledgement.getSticky())
                .put("until", until == null ? null : until.toEpochMilli());
    }

    /** What a receiver believes, what is on its way to it, what it is not told and why, and what could not be told. */
    private static ObjectNode receiver(String notificationId, ReceiverMemory memory) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("notification_id", notificationId);
        json.set("told", or(memory.getTold(), IncidentJson::told));
        json.set("on_its_way", or(memory.getPending(), IncidentJson::pending));
        json.set("withheld", or(memory.getWithheld(), IncidentJson::withheld));
        json.set("given_up", or(memory.getGivenUp(), IncidentJson::givenUp));
        return json;
    }

    private static ObjectNode told(ToldProblem told) {
        return Json.MAPPER
                .createObjectNode()
                .put(INCIDENT, told.getIncident())
                .put(STATE, told.getState().name())
                .put("at", told.getAt().toEpochMilli())
                .put("acknowledged", told.getAcknowledged());
    }

    private static ObjectNode pending(PendingMessage message) {
        return Json.MAPPER
                .createObjectNode()
                .put("delivery_id", message.getDeliveryId())
                .put("kind", message.getKind().name().toLowerCase(Locale.ROOT))
                .put(INCIDENT, message.getIncident())
                .put(STATE, message.getState().name())
                .put("withdrawn", message.getWithdrawn());
    }

    private static ObjectNode withheld(WithheldMessage message) {
        return Json.MAPPER
                .createObjectNode()
                .put(STATE, message.getState().name())
                .put("reason", message.getReason());
    }

    private static ObjectNode givenUp(GivenUpMessage message) {
        return Json.MAPPER
                .createObjectNode()
                .put(INCIDENT, message.getIncident())
                .put(STATE, message.getState().name());
    }

    private static <T> JsonNode or(@Nullable T value, Function<T, ObjectNode> json) {
        return value == null ? NullNode.getInstance() : json.apply(value);
    }
}
