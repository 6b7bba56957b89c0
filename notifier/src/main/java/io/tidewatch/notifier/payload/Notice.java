package io.tidewatch.notifier.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that tells something, with its parts at hand.
 *
 * @param kind of the delivery
 * @param event of the delivery
 * @param subject entity, check and alarm, read
 */
public record Notice(Delivery delivery, MessageKind kind, AlertEvent event, JsonNode subject) implements News {
    /**
     * Reads a delivery. A subject that is not JSON counts as one of which nothing exists any more.
     *
     * @throws IllegalArgumentException for a withdrawal, which tells nothing
     */
    public static Notice of(Delivery delivery) {
        if (delivery.getKind() == null || delivery.getEvent() == null) {
            throw new IllegalArgumentException("A withdrawal tells nothing: " + delivery.getDeliveryId());
        }
        return new Notice(delivery, delivery.getKind(), delivery.getEvent(), read(delivery));
    }

    @Override
    public State state() {
        return delivery.getState();
    }

    public String entityLabel() {
        return label(event.getEntityLabel(), event.getEntityId());
    }

    public String checkLabel() {
        return label(event.getCheckLabel(), event.getCheckId());
    }

    public String alarmLabel() {
        return label(event.getAlarmLabel(), event.getAlarmId());
    }

    /** Empty when the check does not exist any more. */
    public String checkType() {
        return subject.path("check").path("type").asText("");
    }

    /** What is checked: a host name or an address; empty when the check names none, or does not exist any more. */
    public Optional<String> target() {
        JsonNode check = subject.path("check");
        JsonNode target = check.path("target_hostname").isTextual()
                ? check.path("target_hostname")
                : subject.path("entity")
                        .path("ip_addresses")
                        .path(check.path("target_alias").asText(""));
        return Optional.of(target.asText("")).filter(text -> !text.isEmpty());
    }

    /** What there is to say in a few words: {@code still CRITICAL}. */
    public String standing() {
        return switch (kind) {
            case PROBLEM, UPDATE, RESOLVED, RECOVERED -> state().name();
            case REMINDER -> "still " + state();
            case ACKNOWLEDGED ->
                state() + ", acknowledged"
                        + acknowledgedBy().map(who -> " by " + who).orElse("");
            case TEST -> "TEST";
        };
    }

    /** Who takes care; empty when that is not known, or nobody does. */
    public Optional<String> acknowledgedBy() {
        return Optional.ofNullable(delivery.getAcknowledgement())
                .map(IncidentAcknowledgement::getWho)
                .filter(who -> !who.isBlank());
    }

    /** What whoever takes care says; empty when they say nothing. */
    public Optional<String> acknowledgementNote() {
        return Optional.ofNullable(delivery.getAcknowledgement())
                .map(IncidentAcknowledgement::getNote)
                .filter(note -> !note.isBlank());
    }

    /** {@code CRITICAL: HTTP on web1}. */
    @Override
    public String headline() {
        return ShortText.line(standing() + ": " + checkLabel() + " on " + entityLabel(), Integer.MAX_VALUE);
    }

    @Override
    public String summary() {
        return headline() + ": " + event.getStatus();
    }

    @Override
    public Instant at() {
        return event.getTimestamp();
    }

    /** Whether the problem goes on. */
    public boolean isOpen() {
        return switch (kind) {
            case PROBLEM, UPDATE, REMINDER, ACKNOWLEDGED -> true;
            case RESOLVED, RECOVERED, TEST -> false;
        };
    }

    /** Of a problem that the receiver was told of together with others, that of their digest. */
    @Override
    public String incidentKey(int most) {
        if (delivery.getConversation() != null) {
            return IncidentKey.of(delivery.getTenantId() + "/" + delivery.getConversation(), most);
        }
        String test = kind == MessageKind.TEST ? "test/" + delivery.getDeliveryId() + "/" : "";
        return IncidentKey.of(
                test + delivery.getTenantId() + "/" + event.getEntityId() + "/" + event.getAlarmId() + "/"
                        + delivery.getIncident(),
                most);
    }

    private static JsonNode read(Delivery delivery) {
        try {
            return EventJson.MAPPER.readTree(String.valueOf(delivery.getSubject()));
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String label(@Nullable String label, String id) {
        return label == null || label.isBlank() ? id : label;
    }
}
