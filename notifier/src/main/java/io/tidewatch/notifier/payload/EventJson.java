package io.tidewatch.notifier.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.ZoneObservation;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A notice as JSON: the payload of Rackspace Cloud Monitoring's webhook, and beside it {@code incident} and {@code delivery_id},
 * which are ours. What it has no value for here is null: the collectors' addresses. Its {@code log_entry_id} is the event's id, by
 * which the changelog lists the transition, and its {@code txn_id} is the delivery's. Source: {@code
 * notification-type-operations.rst} of its documentation.
 */
public final class EventJson {
    public static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** What that product says of a metric whose producer named no unit. */
    private static final String NO_UNIT = "unknown";

    private static final List<String> SUBJECTS = List.of("entity", "check", "alarm");

    private EventJson() {}

    public static ObjectNode of(Notice notice) {
        AlertEvent event = notice.event();
        ObjectNode json = MAPPER.createObjectNode()
                .put("event_id", event.getEventId())
                .put("log_entry_id", event.getEventId())
                .put("tenant_id", event.getTenantId());
        json.set("details", details(notice));
        for (String part : SUBJECTS) {
            JsonNode value = notice.subject().path(part);
            json.set(part, value.isObject() ? value : json.nullNode());
        }
        ObjectNode incident = json.putObject("incident")
                .put("number", notice.delivery().getIncident())
                .put("kind", notice.kind().name().toLowerCase(Locale.ROOT))
                .put("opened_at", notice.delivery().getOpenedAt().toEpochMilli());
        IncidentAcknowledgement acknowledgement = notice.delivery().getAcknowledgement();
        if (acknowledgement != null) {
            incident.set("acknowledgement", acknowledgement(acknowledgement));
        }
        return json.put("delivery_id", notice.delivery().getDeliveryId());
    }

    /** The text of a tree. */
    public static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A tree of JSON nodes could not be written", e);
        }
    }

    private static ObjectNode acknowledgement(IncidentAcknowledgement acknowledgement) {
        Instant until = acknowledgement.getUntil();
        return MAPPER.createObjectNode()
                .put("who", acknowledgement.getWho())
                .put("note", acknowledgement.getNote())
                .put("at", acknowledgement.getAt().toEpochMilli())
                .put("sticky", acknowledgement.getSticky())
                .put("until", until == null ? null : until.toEpochMilli());
    }

    private static ObjectNode details(Notice notice) {
        AlertEvent event = notice.event();
        ObjectNode details = MAPPER.createObjectNode()
                .put("target", notice.target().orElse(null))
                .put("timestamp", event.getTimestamp().toEpochMilli())
                .put("state", event.getState().name())
                .put("previous_state", event.getPreviousState().name())
                .put("status", event.getStatus())
                .put("txn_id", notice.delivery().getDeliveryId())
                .putNull("collector_address_v4")
                .putNull("collector_address_v6");
        details.set("metrics", metrics(event.getMetrics()));
        details.set("observations", observations(event));
        return details;
    }

    private static ObjectNode metrics(Map<String, Metric> metrics) {
        ObjectNode json = MAPPER.createObjectNode();
        new TreeMap<>(metrics).forEach((name, metric) -> json.set(name, metric(metric)));
        return json;
    }

    /** Its type is {@code l} for a whole number, {@code n} for another, and {@code s} for a text, true and false. */
    private static ObjectNode metric(Metric metric) {
        ObjectNode json = MAPPER.createObjectNode();
        if (metric.getValue() instanceof Long whole) {
            json.put("type", "l").put("data", whole);
        } else if (metric.getValue() instanceof Double number) {
            // JSON has no infinity, and nothing that is not a number.
            json.put("type", "n").put("data", Double.isFinite(number) ? number : null);
        } else {
            json.put("type", "s").put("data", String.valueOf(metric.getValue()));
        }
        return json.put("unit", metric.getUnit() == null ? NO_UNIT : metric.getUnit());
    }

    private static ArrayNode observations(AlertEvent event) {
        ArrayNode json = MAPPER.createArrayNode();
        for (ZoneObservation observation : event.getObservations()) {
            json.addObject()
                    .put("monitoring_zone_id", observation.getZoneId())
                    .put("state", observation.getState().name())
                    .put("status", observation.getStatus())
                    .put("timestamp", observation.getTimestamp().toEpochMilli())
                    .put("collectorState", "UP");
        }
        return json;
    }
}
