package io.tidewatch.notifier.task;

import io.tidewatch.notifier.incident.Incident;
import io.tidewatch.notifier.suppression.Inhibition;
import io.tidewatch.notifier.suppression.StoredRules;
import io.tidewatch.notifier.suppression.Suppression;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides whether news of an alarm is withheld, of a task's tenants: disabled alarms, suppressions, silences,
 * maintenance windows, inhibitions and dependencies, the first of the strongest being the reason. Confined to the task's thread.
 */
final class Suppressions {
    private final Rules<io.tidewatch.schema.Suppression, Suppression> suppressions;
    private final Rules<Silence, Suppression> silences;
    private final Rules<MaintenanceWindow, Suppression> windows;
    private final Rules<io.tidewatch.schema.Inhibition, Inhibition> inhibitions;
    private final KeyValueStore<String, io.tidewatch.schema.Incident> incidents;
    private final Configured configured;
    private final KnownAlarms known;
    private final RelatedAlarms related;

    /** With what the stores have. */
    Suppressions(TaskStores stores, Configured configured, Instant now) {
        this.suppressions = new Rules<>(stores.suppressions(), StoredRules::suppression);
        this.silences = new Rules<>(stores.silences(), StoredRules::silence);
        this.windows = new Rules<>(stores.maintenanceWindows(), StoredRules::window);
        this.inhibitions = new Rules<>(stores.inhibitions(), StoredRules::inhibition);
        this.incidents = stores.incidents();
        this.configured = configured;
        this.known = new KnownAlarms(configured);
        this.related = new RelatedAlarms(inhibitions::of);
        try (KeyValueIterator<String, io.tidewatch.schema.Incident> rows = incidents.all()) {
            restore(rows, now);
        }
    }

    /** @param now null when it was deleted */
    void change(Topic topic, String key, @Nullable SpecificRecord changed, Instant now) {
        switch (topic) {
            case SUPPRESSIONS -> suppressions.change(key, (io.tidewatch.schema.Suppression) changed);
            case SILENCES -> silences.change(key, (Silence) changed);
            case MAINTENANCE_WINDOWS -> windows.change(key, (MaintenanceWindow) changed);
            case INHIBITIONS -> {
                inhibitions.change(key, (io.tidewatch.schema.Inhibition) changed);
                String tenantId = Keys.tenant(key);
                related.forgetInhibitors(tenantId);
                try (KeyValueIterator<String, io.tidewatch.schema.Incident> rows =
                        incidents.range(tenantId + "/", tenantId + "0")) {
                    restore(rows, now);
                }
            }
            default -> throw new IllegalArgumentException("Withholds nothing: " + topic);
        }
    }

    /**
     * Takes note of how an alarm is, and says what is withheld of it.
     *
     * @param alarm as it is configured, unless it has been deleted
     * @param event its newest transition
     */
    Verdict verdict(String alarmKey, Optional<Alarm> alarm, AlertEvent event, Incident incident, Instant now) {
        KnownAlarms.Known is = known.of(alarm, event, incident.state(), now);
        related.note(alarmKey, is, event, incident.state(), incident.opened());
        String tenantId = event.getTenantId();
        Verdict own = is.isDisabled() ? Verdict.problems("the alarm is disabled") : Verdict.NONE;
        Verdict wanted = own.and(Suppression.verdict(suppressions.of(tenantId), is.subject(), now))
                .and(Suppression.verdict(silences.of(tenantId), is.subject(), now))
                .and(Suppression.verdict(windows.of(tenantId), is.subject(), now));
        return incident.state() == State.OK
                ? wanted
                : wanted.and(related.verdict(alarmKey, tenantId, is, incident.opened(), now));
    }

    /** The open alarms to look at again, because others that they have to do with have changed. */
    List<String> toLookAt(int atMost, Function<String, List<String>> openAlarmsOfTenant) {
        return related.toLookAt(atMost, openAlarmsOfTenant);
    }

    /** Forgets what is too old to matter; called now and then. */
    void forget(Instant now) {
        related.forget(now);
    }

    private void restore(KeyValueIterator<String, io.tidewatch.schema.Incident> rows, Instant now) {
        while (rows.hasNext()) {
            KeyValue<String, io.tidewatch.schema.Incident> row = rows.next();
            io.tidewatch.schema.Incident stored = row.value;
            if (stored.getState() == State.OK) {
                related.recovered(row.key, stored.getEvent(), now);
            } else {
                KnownAlarms.Known is = known.of(configured.alarm(row.key), stored.getEvent(), stored.getState(), now);
                related.note(row.key, is, stored.getEvent(), stored.getState(), stored.getOpenedAt());
            }
        }
    }
}
