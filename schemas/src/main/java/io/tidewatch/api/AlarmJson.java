package io.tidewatch.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schema.Alarm;

/** Alarms as the API shows them. */
public final class AlarmJson {
    private AlarmJson() {}

    public static ObjectNode of(Alarm alarm) {
        ObjectNode node = ResourceJson.start(alarm.getAlarmId())
                .put("label", alarm.getLabel())
                .put(ResourceJson.ENTITY_ID, alarm.getEntityId())
                .put("check_id", alarm.getCheckId())
                .put("criteria", alarm.getCriteria())
                .put("disabled", alarm.getDisabled())
                .put("unknown_when_silent", alarm.getUnknownWhenSilent())
                .put("notification_plan_id", alarm.getNotificationPlanId());
        ResourceJson.writeConfd(node);
        ResourceJson.writeSuppressions(node);
        node.set(ResourceJson.DEPENDS_ON, ResourceJson.MAPPER.valueToTree(alarm.getDependsOn()));
        return ResourceJson.finish(node, alarm.getMetadata(), alarm.getCreatedAt(), alarm.getUpdatedAt());
    }
}
