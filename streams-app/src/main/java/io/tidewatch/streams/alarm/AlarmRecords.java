package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.ZoneObservation;
import io.tidewatch.schema.ZoneState;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records that are published of an alarm: its AlertEvents and its AlarmState. Reads the stores, changes
 * nothing.
 */
final class AlarmRecords {
    private final AlarmStores stores;

    AlarmRecords(AlarmStores stores) {
        this.stores = stores;
    }

    /**
     * What a transition goes back to: an observation, or that there was none.
     *
     * @param timestamp of the transition
     * @param zone of the deciding observation; empty when there is none, and for an agent's
     */
    record Cause(Instant timestamp, String zone, String status, Map<String, Metric> metrics) {}

    /**
     * The cause of a transition that an observation brought: the newest one among the zones that vote for the new state;
     * of equally new ones, the observed zone's.
     *
     * @param timestamp of the observation
     * @param zones the memories of the check's zones, the observed one already up to date
     */
    static Cause cause(
            AlarmEngine.Transition transition,
            String alarmId,
            String observedZone,
            Instant timestamp,
            Map<String, ZoneMemory> zones) {
        Map<String, ZoneVote> votes = votes(alarmId, zones);
        String deciding = observedZone;
        Instant newest = Instant.MIN;
        for (Map.Entry<String, ZoneVote> entry : votes.entrySet()) {
            Instant observedAt = entry.getValue().getObservedAt();
            boolean sameAndObserved =
                    observedAt.equals(newest) && entry.getKey().equals(observedZone);
            boolean newer = observedAt.isAfter(newest) || sameAndObserved;
            if (entry.getValue().getVote() == transition.state() && newer) {
                deciding = entry.getKey();
                newest = observedAt;
            }
        }
        return new Cause(
                timestamp,
                deciding,
                Objects.requireNonNull(votes.get(deciding), deciding).getStatus(),
                Objects.requireNonNull(zones.get(deciding), deciding).getMetrics());
    }

    /** The event of a transition. */
    AlertEvent alertEvent(Alarm alarm, AlarmEngine.Transition transition, Cause cause, Map<String, ZoneMemory> zones) {
        String eventId = String.join(
                ":",
                alarm.getTenantId(),
                alarm.getEntityId(),
                alarm.getAlarmId(),
                alarm.getCheckId(),
                Long.toString(cause.timestamp().toEpochMilli()),
                transition.state().name());
        return AlertEvent.newBuilder()
                .setEventId(eventId)
                .setTenantId(alarm.getTenantId())
                .setEntityId(alarm.getEntityId())
                .setCheckId(alarm.getCheckId())
                .setAlarmId(alarm.getAlarmId())
                .setTimestamp(cause.timestamp())
                .setState(transition.state())
                .setPreviousState(transition.previous())
                .setStatus(cause.status())
                .setZoneId(zoneId(cause.zone()))
                .setObservations(observations(votes(alarm.getAlarmId(), zones)))
                .setMetrics(cause.metrics())
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
    static AlarmState alarmState(
            Alarm alarm, AlarmMemory memory, Map<String, ZoneMemory> zones, Instant timestamp, Instant freshFrom) {
        List<ZoneState> states = votes(alarm.getAlarmId(), zones).entrySet().stream()
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
                .setZones(states)
                .setDisabledReason(memory.getDisabledReason())
                .build();
    }

    /** One alarm's rows by zone, in the order of the zones. */
    private static Map<String, ZoneVote> votes(String alarmId, Map<String, ZoneMemory> zones) {
        Map<String, ZoneVote> votes = new LinkedHashMap<>();
        zones.forEach((zone, memory) -> {
            ZoneVote vote = memory.getVotes().get(alarmId);
            if (vote != null) {
                votes.put(zone, vote);
            }
        });
        return votes;
    }

    private @Nullable String entityLabel(Alarm alarm) {
        Entity entity = stores.entities().get(alarm.getTenantId() + "/" + alarm.getEntityId());
        return entity == null ? null : entity.getLabel();
    }

    private @Nullable String checkLabel(Alarm alarm) {
        Check check = stores.checks().get(AlarmDirectory.checkKey(alarm));
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
