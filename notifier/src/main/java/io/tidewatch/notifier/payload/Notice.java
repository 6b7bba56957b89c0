package io.tidewatch.notifier.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that tells something, with its parts at hand.
 *
 * @param kind of the delivery
 * @param event of the delivery
 * @param subject entity, check and alarm, read
 */
public record Notice(Delivery delivery, MessageKind kind, AlertEvent event, JsonNode subject) {
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

    /** The state that is told. */
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
            case ACKNOWLEDGED -> state() + ", acknowledged";
            case TEST -> "TEST";
        };
    }

    /** One line, of any length: {@code CRITICAL: HTTP on web1}. */
    public String headline() {
        return ShortText.line(standing() + ": " + checkLabel() + " on " + entityLabel(), Integer.MAX_VALUE);
    }

    /** Whether the problem goes on. */
    public boolean isOpen() {
        return switch (kind) {
            case PROBLEM, UPDATE, REMINDER, ACKNOWLEDGED -> true;
            case RESOLVED, RECOVERED, TEST -> false;
        };
    }

    /**
     * What a receiver knows the incident by: the same for all that it is told of it, whatever the state.
     *
     * @param most how many characters it takes; a longer key is replaced by its hash
     */
    public String incidentKey(int most) {
        String test = kind == MessageKind.TEST ? "test/" + delivery.getDeliveryId() + "/" : "";
        String key = test + delivery.getTenantId() + "/" + event.getEntityId() + "/" + event.getAlarmId() + "/"
                + delivery.getIncident();
        return key.length() <= most ? key : hash(key);
    }

    private static JsonNode read(Delivery delivery) {
        try {
            return EventJson.MAPPER.readTree(String.valueOf(delivery.getSubject()));
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String label(@Nullable String label, String id) {
        return label == null || label.isBlank() ? id : label;
    }
}
