package io.tidewatch.notifier.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.AlarmJson;
import io.tidewatch.api.CheckJson;
import io.tidewatch.api.EntityJson;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.schema.AlertEvent;
import org.jspecify.annotations.Nullable;

/** What a message says of the entity, the check and the alarm that it is about: as the API shows them, but for secrets. */
final class Subjects {
    private Subjects() {}

    /** JSON with the members entity, check and alarm; of what has been deleted, id and label. */
    static String json(Configured configured, String alarmKey, AlertEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(
                "entity",
                configured
                        .entity(event)
                        .map(EntityJson::of)
                        .orElseGet(() -> deleted(event.getEntityId(), event.getEntityLabel())));
        json.set(
                "check",
                configured
                        .check(event)
                        .map(check -> CheckJson.withoutSecrets(check, CheckTypes.ALL))
                        .orElseGet(() -> deleted(event.getCheckId(), event.getCheckLabel())));
        json.set(
                "alarm",
                configured
                        .alarm(alarmKey)
                        .map(AlarmJson::of)
                        .orElseGet(() -> deleted(event.getAlarmId(), event.getAlarmLabel())));
        return json.toString();
    }

    private static ObjectNode deleted(String id, @Nullable String label) {
        return JsonNodeFactory.instance.objectNode().put("id", id).put("label", label);
    }
}
