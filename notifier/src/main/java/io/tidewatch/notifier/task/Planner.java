package io.tidewatch.notifier.task;

import io.tidewatch.notifier.incident.Conversations;
import io.tidewatch.notifier.incident.Incident;
import io.tidewatch.notifier.incident.NextMessages;
import io.tidewatch.notifier.incident.Outcome;
import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of a task's alarms: asks for each, whenever something has changed that may matter to it, what its receivers
 * have to be told now, and remembers and publishes the answer. Confined to the task's thread.
 */
final class Planner {
    private static final Instant DELETED = Instant.MIN;

    private final KeyValueStore<String, io.tidewatch.schema.Incident> store;
    private final Configured configured;
    private final Plans plans;
    private final Suppressions suppressions;
    private final Courier courier;
    private final Output output;
    private final KeyValueStore<String, Notification> notifications;
    private final Deliveries deliveries;

    /** Alarms that are looked at again: those with a problem, or with a receiver that knows of one or is being told. */
    private final Agenda agenda = new Agenda();

    private final Conversations conversations = new Conversations();

    /** When the open alarms' configuration was changed, as of the last look; {@link #DELETED} for those that were not there. */
    private Map<String, Instant> alarmVersions = new HashMap<>();

    Planner(
            TaskStores stores,
            Configured configured,
            Plans plans,
            Suppressions suppressions,
            Courier courier,
            Output output) {
        this.store = stores.incidents();
        this.configured = configured;
        this.plans = plans;
        this.suppressions = suppressions;
        this.courier = courier;
        this.output = output;
        this.notifications = stores.notifications();
        this.deliveries = new Deliveries(stores.notifications(), configured);
        restore();
    }

    /** Everything that is not over is looked at when the task begins to work: time has passed. */
    private void restore() {
        try (KeyValueIterator<String, io.tidewatch.schema.Incident> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, io.tidewatch.schema.Incident> row = rows.next();
                Incident incident = IncidentRecords.read(row.value);
                conversations.change(row.value.getTenantId(), row.key, Incident.NONE, incident);
                if (isOpen(incident)) {
                    agenda.put(row.key, Optional.of(Instant.MIN));
                }
            }
        }
    }

    /** An alarm has changed its state. A transition that was entered last already changes nothing. */
    void enter(String alarmKey, AlertEvent event, Instant now) {
        Incident before = IncidentRecords.read(store.get(alarmKey));
        Incident entered = before.enter(event.getEventId(), event.getState(), event.getTimestamp());
        if (!entered.equals(before)) {
            decide(alarmKey, before, entered, event, now);
        }
    }

    /**
     * A delivery of an alarm has ended for good.
     *
     * @param conversation the digest by which the receiver knows the problem from now on; empty: as before
     */
    void concluded(
            String alarmKey,
            String deliveryId,
            Outcome outcome,
            Instant at,
            Optional<String> conversation,
            Instant now) {
        io.tidewatch.schema.Incident stored = store.get(alarmKey);
        if (stored != null) {
            Incident before = IncidentRecords.read(stored);
            decide(alarmKey, before, before.concluded(deliveryId, outcome, at, conversation), stored.getEvent(), now);
        }
    }

    /** Somebody wants something of an incident. If that is not the present one, or is over, nothing happens. */
    void command(String alarmKey, IncidentCommand command, Instant now) {
        io.tidewatch.schema.Incident stored = store.get(alarmKey);
        if (stored != null && stored.getNumber() == command.getIncident()) {
            Incident before = IncidentRecords.read(stored);
            decide(alarmKey, before, IncidentRecords.after(command, before), stored.getEvent(), now);
        }
    }

    /** A tenant's plans or suppressions have changed. */
    void reconsiderTenant(String tenantId, Instant now) {
        agenda.ofTenant(tenantId).forEach(alarmKey -> reconsider(alarmKey, now));
    }

    /** Looks at the alarms for which the time may have brought something, as many as asked for. */
    void proceed(int atMost, Instant now) {
        agenda.due(atMost, now).forEach(alarmKey -> reconsider(alarmKey, now));
        suppressions.toLookAt(atMost, agenda::ofTenant).forEach(alarmKey -> reconsider(alarmKey, now));
    }

    /**
     * Looks whether open alarms, their checks or their entities have been changed, whose configuration calls nobody. The
     * incidents of alarms that have been deleted end here: nobody else ends them. One look is not enough for that, because the
     * configuration may be behind an alarm's first transition.
     */
    void followAlarms(Instant now) {
        Map<String, Instant> versions = new HashMap<>();
        for (String alarmKey : agenda.all()) {
            Instant version = configured.changedAt(alarmKey).orElse(DELETED);
            versions.put(alarmKey, version);
            Instant before = alarmVersions.getOrDefault(alarmKey, version);
            if (version.equals(DELETED) && alarmVersions.containsKey(alarmKey) && before.equals(DELETED)) {
                end(alarmKey, now);
            } else if (!version.equals(before)) {
                reconsider(alarmKey, now);
            }
        }
        alarmVersions = versions;
        suppressions.forget(now);
    }

    private void end(String alarmKey, Instant now) {
        io.tidewatch.schema.Incident stored = store.get(alarmKey);
        if (stored != null && stored.getState() != State.OK) {
            AlertEvent last = stored.getEvent();
            enter(
                    alarmKey,
                    AlertEvent.newBuilder(last)
                            .setEventId(last.getEventId() + ":deleted")
                            .setTimestamp(now)
                            .setPreviousState(last.getState())
                            .setState(State.OK)
                            .setStatus("the alarm was deleted")
                            .build(),
                    now);
        }
    }

    private void reconsider(String alarmKey, Instant now) {
        io.tidewatch.schema.Incident stored = store.get(alarmKey);
        if (stored == null) {
            agenda.remove(alarmKey);
        } else {
            Incident incident = IncidentRecords.read(stored);
            decide(alarmKey, incident, incident, stored.getEvent(), now);
        }
    }

    /** @param before as it is stored */
    private void decide(String alarmKey, Incident before, Incident incident, AlertEvent event, Instant now) {
        String tenantId = event.getTenantId();
        Optional<Alarm> alarm = configured.alarm(alarmKey);
        String planId = planId(alarm, event);
        Plan plan = plans.of(tenantId, planId);
        NextMessages next = NextMessages.of(
                alarmKey,
                incident,
                plan,
                suppressions.verdict(alarmKey, alarm, event, incident, now),
                new TenantChannels(tenantId, notifications, courier),
                now);
        Incident after = next.after();
        if (!after.equals(before)) {
            io.tidewatch.schema.Incident stored = IncidentRecords.stored(after, event);
            store.put(alarmKey, stored);
            output.publish(alarmKey, stored);
            conversations.change(tenantId, alarmKey, before, after);
        }
        Deliveries.Decision decision = new Deliveries.Decision(alarmKey, event, planId, plan, after, now);
        next.messages().forEach(message -> output.publish(deliveries.message(message, decision)));
        next.withdrawn().forEach(id -> output.publish(deliveries.withdrawal(id, decision)));
        next.withheld().forEach(withheld -> output.publish(deliveries.suppressed(withheld, decision)));
        if (isOpen(after)) {
            agenda.put(alarmKey, next.lookAgainAt());
        } else {
            agenda.remove(alarmKey);
        }
    }

    /** The alarm's own plan as it is now; of one that has been deleted, or is not known yet, that of its transition. */
    private static @Nullable String planId(Optional<Alarm> alarm, AlertEvent event) {
        return alarm.map(Alarm::getNotificationPlanId).orElse(event.getNotificationPlanId());
    }

    private static boolean isOpen(Incident incident) {
        return incident.state() != State.OK
                || incident.receivers().values().stream()
                        .anyMatch(receiver -> receiver.told().isPresent()
                                || receiver.pending().isPresent());
    }

    /** How many alarms a receiver knows by a digest. */
    int conversation(String laneKey, String digestId) {
        return conversations.alarms(laneKey, digestId);
    }

    /** How many alarms are looked at again. */
    int open() {
        return agenda.size();
    }
}
