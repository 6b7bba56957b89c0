package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.timeseries.StoredAlarmState;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.State;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The newest states of alarms as the API shows them. An alarm that was never evaluated is UNKNOWN, without time and status. */
final class AlarmStateJson {
    private final Map<String, StoredAlarmState> byAlarm;

    private AlarmStateJson(Map<String, StoredAlarmState> byAlarm) {
        this.byAlarm = byAlarm;
    }

    /** Those of the entities' alarms. */
    static AlarmStateJson read(TimeSeries timeSeries, String tenantId, Collection<String> entityIds) {
        return new AlarmStateJson(timeSeries.alarmStates(tenantId, entityIds).stream()
                .collect(Collectors.toMap(state -> key(state.entityId(), state.alarmId()), Function.identity())));
    }

    ObjectNode write(Alarm alarm) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        StoredAlarmState state = byAlarm.get(key(alarm.getEntityId(), alarm.getAlarmId()));
        json.put("timestamp", state == null ? null : (Long) state.timestamp().toEpochMilli())
                .put("entity_id", alarm.getEntityId())
                .put("alarm_id", alarm.getAlarmId())
                .put("check_id", alarm.getCheckId())
                .put("status", state == null ? null : state.status())
                .put("state", (state == null ? State.UNKNOWN : state.state()).name())
                .put("previous_state", (state == null ? State.UNKNOWN : state.previousState()).name())
                .put(
                        "analyzed_by_monitoring_zone_id",
                        state == null ? null : state.zoneId().orElse(null));
        return json;
    }

    private static String key(String entityId, String alarmId) {
        return entityId + "/" + alarmId;
    }
}
