package io.tidewatch.notifier.suppression;

import java.util.Map;

/**
 * An alarm as suppressions see it.
 *
 * @param planId of its notification plan; empty when it has none
 * @param fields by what matchers name: {@code entity_id}, {@code check_id}, {@code alarm_id}, {@code entity.label}, {@code
 *     check.label}, {@code alarm.label}, {@code check.type}, and {@code entity.metadata.KEY}, also of check and alarm
 */
public record Subject(String entityId, String checkId, String alarmId, String planId, Map<String, String> fields) {
    public Subject {
        fields = Map.copyOf(fields);
    }

    /** The value of a field; empty when it has none. */
    String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
