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
 * Makes the records that are published of the alarms of one check at one moment: AlertEvents and AlarmStates. What all of
 * them have in common is read once. Reads the stores, changes nothing.
 */
final class AlarmRecords {
    /**
     * The longest label or id that an event repeats, in UTF-16 units. Source: what the API accepts; whoever writes to the
     * topics without it may have longer ones, and an event has to fit into Kafka.
     */
    private static final int MAX_LABEL_LENGTH = 255;

    private final AlarmStores stores;
    private final Map<String, ZoneMemory> zones;
    private @Nullable Labels labels;

    /** The labels of an entity and of a check. */
    private record Labels(@Nullable String entity, @Nullable String check) {}

    /** @param zones the memories of the check's zones, as they are now */
    AlarmRecords(AlarmStores stores, Map<String, ZoneMemory> zones) {
        this.stores = stores;
        this.zones = zones;
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
     */
    Cause cause(AlarmEngine.Transition transition, String alarmId, String observedZone, Instant timestamp) {
        Map<String, ZoneVote> votes = votes(alarmId);
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
    AlertEvent alertEvent(Alarm alarm, AlarmEngine.Transition transition, Cause cause) {
        Labels shared = labels(alarm);
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
                .setObservations(observations(votes(alarm.getAlarmId())))
                .setMetrics(cause.metrics())
                .setEntityLabel(shared.entity())
                .setCheckLabel(shared.check())
                .setAlarmLabel(shortened(alarm.getLabel()))
                .setNotificationPlanId(shortened(alarm.getNotificationPlanId()))
                .build();
    }

    /**
     * The alarm as it is now.
     *
     * @param timestamp what made it be written
     * @param freshFrom observations before this time don't count any more
     */
    AlarmState alarmState(Alarm alarm, AlarmMemory memory, Instant timestamp, Instant freshFrom) {
        List<ZoneState> states = votes(alarm.getAlarmId()).entrySet().stream()
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
    private Map<String, ZoneVote> votes(String alarmId) {
        Map<String, ZoneVote> votes = new LinkedHashMap<>();
        zones.forEach((zone, memory) -> {
            ZoneVote vote = memory.getVotes().get(alarmId);
            if (vote != null) {
                votes.put(zone, vote);
            }
        });
        return votes;
    }

    /** Those of an alarm's entity and check, which are the same for all alarms of a check. */
    private Labels labels(Alarm alarm) {
        if (labels == null) {
            Entity entity = stores.entities().get(alarm.getTenantId() + "/" + alarm.getEntityId());
            Check check = stores.checks().get(AlarmDirectory.checkKey(alarm));
            labels = new Labels(
                    entity == null ? null : shortened(entity.getLabel()),
                    check == null ? null : shortened(check.getLabel()));
        }
        return labels;
    }

    private static @Nullable String shortened(@Nullable String label) {
        return label == null || label.length() <= MAX_LABEL_LENGTH ? label : label.substring(0, MAX_LABEL_LENGTH);
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
