package io.tidewatch.notifier.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schema.AlertEvent;

/** What a message says of the entity, the check and the alarm that it is about. */
final class Subjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Subjects() {}

    static String json(AlertEvent event) {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("entity").put("id", event.getEntityId()).put("label", event.getEntityLabel());
        json.putObject("check").put("id", event.getCheckId()).put("label", event.getCheckLabel());
        json.putObject("alarm").put("id", event.getAlarmId()).put("label", event.getAlarmLabel());
        return json.toString();
    }
}
