package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.ZoneObservation;
import io.tidewatch.schema.ZoneState;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what became of an alarm, as others read it. Looks into the stores, changes nothing. */
final class AlarmRecords {
    private final AlarmStores stores;

    AlarmRecords(AlarmStores stores) {
        this.stores = stores;
    }

    /**
     * The event of a transition.
     *
     * @param votes the alarm's zones, the observed one already up to date
     * @param zone the zone of {@code result}; empty for an agent's
     */
    AlertEvent alertEvent(
            Alarm alarm,
            AlarmEngine.Transition transition,
            CheckResult result,
            String zone,
            Map<String, ZoneVote> votes) {
        String decidingZone = decidingZone(transition, zone, votes);
        ZoneVote deciding = row(votes, decidingZone);
        String eventId = String.join(
                ":",
                alarm.getTenantId(),
                alarm.getEntityId(),
                alarm.getAlarmId(),
                alarm.getCheckId(),
                Long.toString(result.getTimestamp().toEpochMilli()),
                transition.state().name());
        return AlertEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(alarm.getTenantId())
                .setEntityId(alarm.getEntityId())
                .setCheckId(alarm.getCheckId())
                .setAlarmId(alarm.getAlarmId())
                .setTimestamp(result.getTimestamp())
                .setState(transition.state())
                .setPreviousState(transition.previous())
                .setStatus(deciding.getStatus())
                .setZoneId(zoneId(decidingZone))
                .setObservations(observations(votes))
                .setMetrics(decidingZone.equals(zone) ? result.getMetrics() : rememberedMetrics(result, decidingZone))
                .setEntityLabel(entityLabel(alarm))
                .setCheckLabel(checkLabel(alarm))
                .setAlarmLabel(alarm.getLabel())
                .setNotificationPlanId(alarm.getNotificationPlanId())
                .build();
    }

    /**
     * The alarm as it is now.
     *
     * @param timestamp what made it be written
     * @param freshFrom observations before this time don't count any more
     */
    AlarmState alarmState(
            Alarm alarm, AlarmMemory memory, Map<String, ZoneVote> votes, Instant timestamp, Instant freshFrom) {
        List<ZoneState> zones = votes.entrySet().stream()
                .map(entry -> zoneState(entry.getKey(), entry.getValue(), freshFrom))
                .toList();
        return AlarmState.newBuilder()
                .setTenantId(alarm.getTenantId())
                .setEntityId(alarm.getEntityId())
                .setCheckId(alarm.getCheckId())
                .setAlarmId(alarm.getAlarmId())
                .setState(memory.getState())
                .setPreviousState(memory.getPreviousState())
                .setSince(memory.getSince())
                .setStatus(memory.getStatus())
                .setTimestamp(timestamp)
                .setZones(zones)
                .setDisabledReason(memory.getDisabledReason())
                .build();
    }

    /** The zone with the newest observation among those that vote for the new state; of equally new ones, the observed. */
    static String decidingZone(AlarmEngine.Transition transition, String observedZone, Map<String, ZoneVote> votes) {
        String deciding = observedZone;
        Instant newest = row(votes, observedZone).getVote() == transition.state()
                ? row(votes, observedZone).getObservedAt()
                : Instant.MIN;
        for (Map.Entry<String, ZoneVote> entry : votes.entrySet()) {
            ZoneVote vote = entry.getValue();
            if (vote.getVote() == transition.state() && vote.getObservedAt().isAfter(newest)) {
                deciding = entry.getKey();
                newest = vote.getObservedAt();
            }
        }
        return deciding;
    }

    private static ZoneVote row(Map<String, ZoneVote> votes, String zone) {
        ZoneVote row = votes.get(zone);
        if (row == null) {
            throw new IllegalStateException("No vote of zone '" + zone + "'");
        }
        return row;
    }

    private Map<String, Metric> rememberedMetrics(CheckResult result, String zone) {
        ZoneMemory memory = stores.zones()
                .get(result.getTenantId() + "/" + result.getEntityId() + "/" + result.getCheckId() + "/" + zone);
        return memory == null ? Map.of() : memory.getMetrics();
    }

    private @Nullable String entityLabel(Alarm alarm) {
        Entity entity = stores.entities().get(alarm.getTenantId() + "/" + alarm.getEntityId());
        return entity == null ? null : entity.getLabel();
    }

    private @Nullable String checkLabel(Alarm alarm) {
        Check check = stores.checks().get(alarm.getTenantId() + "/" + alarm.getEntityId() + "/" + alarm.getCheckId());
        return check == null ? null : check.getLabel();
    }

    private static List<ZoneObservation> observations(Map<String, ZoneVote> votes) {
        return votes.entrySet().stream()
                .map(entry -> new ZoneObservation(
                        zoneId(entry.getKey()),
                        entry.getValue().getRunState(),
                        entry.getValue().getStatus(),
                        entry.getValue().getObservedAt()))
                .toList();
    }

    private static ZoneState zoneState(String zone, ZoneVote vote, Instant freshFrom) {
        return new ZoneState(
                zoneId(zone),
                vote.getRunState(),
                vote.getRunLength(),
                vote.getVote(),
                !vote.getObservedAt().isBefore(freshFrom),
                vote.getStatus(),
                vote.getObservedAt());
    }

    private static @Nullable String zoneId(String zone) {
        return zone.isEmpty() ? null : zone;
    }
}
